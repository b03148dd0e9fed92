/**
 * The state exchange after each change of the ring: who has the newest state, who needs it, and when the new epoch is open.
 * Open {@link dev.ha4j.controller.exchange.Exchange} first.
 */
@org.jspecify.annotations.NullMarked
package dev.ha4j.controller.exchange;
