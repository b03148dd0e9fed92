/**
 * The Totem ring of one node: total order and membership with extended virtual synchrony (Amir, Moser, Melliar-Smith,
 * Agarwal, Ciarfella: "The Totem single-ring ordering and membership protocol", TOCS 1995).
 *
 * <p>Start with {@link dev.ha4j.totem.TotemRing}. A packet becomes a {@link dev.ha4j.totem.TotemMessage}, goes into
 * {@link dev.ha4j.totem.TotemRing#receive}, and comes out as {@link dev.ha4j.totem.Delivery}, configuration or token visit
 * at the {@link dev.ha4j.totem.RingListener}. The protocol is in {@code dev.ha4j.totem.core}; it does no I/O and has no
 * clock.
 */
package dev.ha4j.totem;
