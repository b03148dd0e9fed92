package dev.ha4j.qnetd.wire;

/**
 * Which ring a node is in. A vote counts only for the ring that it names.
 *
 * @param node lowest number among its members
 * @param sequence of the ring
 */
public record RingId(long node, long sequence) {}
