/**
 * The words that a user has to learn: node, link, quorum, resource, constraint, fence device, term.
 */
@org.jspecify.annotations.NullMarked
package dev.ha4j.api;
