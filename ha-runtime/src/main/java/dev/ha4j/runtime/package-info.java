/**
 * Threads and time as contracts, and the one event loop that implements them. Open {@link dev.ha4j.runtime.EventLoop} first.
 */
@org.jspecify.annotations.NullMarked
package dev.ha4j.runtime;
