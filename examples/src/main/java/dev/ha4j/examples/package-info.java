/** Runnable examples. */
@org.jspecify.annotations.NullMarked
package dev.ha4j.examples;
