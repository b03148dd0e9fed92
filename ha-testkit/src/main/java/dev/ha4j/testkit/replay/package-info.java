/**
 * Runs written down: what a seed drew, as a script that can be read, replayed and made smaller while it still breaks the same
 * rule. Open {@link dev.ha4j.testkit.replay.Script} first.
 */
@org.jspecify.annotations.NullMarked
package dev.ha4j.testkit.replay;
