/**
 * Keys and certificates of a cluster, and the report on whom this node believes.
 *
 * <p>Open {@link dev.ha4j.totem.security.ClusterKey} first: all nodes have it, and no packet is let in without. It authenticates the
 * cluster, not the node: who holds it can speak as any node, unless nodes have certificates, which
 * {@link dev.ha4j.totem.security.CertificateAuthority} or any other authority issues. {@link
 * dev.ha4j.totem.security.SecurityReport} tells what was let in, and what was not and why.
 *
 * <p>What seals and opens packets is in {@code dev.ha4j.totem.security.packet}.
 */
@NullMarked
package dev.ha4j.totem.security;

import org.jspecify.annotations.NullMarked;
