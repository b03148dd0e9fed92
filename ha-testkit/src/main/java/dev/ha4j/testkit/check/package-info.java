/**
 * Judges of a trace, one class for a family of rules. They see ground truth, which no node does. Open
 * {@link dev.ha4j.testkit.check.Checkers} first.
 */
@org.jspecify.annotations.NullMarked
package dev.ha4j.testkit.check;
