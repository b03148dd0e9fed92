/** The {@code ha} command; {@link dev.ha4j.cli.Ha} is the entry. */
@org.jspecify.annotations.NullMarked
package dev.ha4j.cli;
