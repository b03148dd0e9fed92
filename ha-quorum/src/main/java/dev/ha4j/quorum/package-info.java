/** Quorum as pure functions over membership. */
@org.jspecify.annotations.NullMarked
package dev.ha4j.quorum;
