/** Votequorum as pure functions over membership. Open {@link dev.ha4j.quorum.Quorum} first. */
@org.jspecify.annotations.NullMarked
package dev.ha4j.quorum;
