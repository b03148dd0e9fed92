/** Event loop, timers and clocks. */
@org.jspecify.annotations.NullMarked
package dev.ha4j.runtime;
