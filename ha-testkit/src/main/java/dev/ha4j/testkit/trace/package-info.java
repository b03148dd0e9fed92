/** What happened in a simulation, as data. Open {@link dev.ha4j.testkit.trace.Event} first. */
@org.jspecify.annotations.NullMarked
package dev.ha4j.testkit.trace;
