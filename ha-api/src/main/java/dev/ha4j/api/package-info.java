/**
 * The words that a user has to learn: node, link, quorum, resource, constraint, fence device, term.
 *
 * <p>Open {@link dev.ha4j.api.Resource} first, then {@link dev.ha4j.api.Term}.
 */
@org.jspecify.annotations.NullMarked
package dev.ha4j.api;
