/**
 * What a cluster is asked to do and what is known of it, in the terms of Pacemaker's configuration: plain values that no phase
 * changes. {@link dev.ha4j.resources.config.PolicyInput} is the root.
 */
package dev.ha4j.resources.config;
