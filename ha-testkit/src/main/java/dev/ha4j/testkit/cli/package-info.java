/** The command {@code bin/simulate}. */
@org.jspecify.annotations.NullMarked
package dev.ha4j.testkit.cli;
