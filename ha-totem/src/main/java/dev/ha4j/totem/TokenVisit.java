package dev.ha4j.totem;

/**
 * This node has accepted the token. Reported from the second visit in a regular configuration on.
 *
 * @param visit number of this visit on this ring, at this node
 * @param acceptedAtNanos when the token was accepted
 * @param previousFirstSentAtNanos when this node first sent the token at the visit before. That it has come back proves
 *         that every member had it after this instant
 */
public record TokenVisit(RingId ring, long visit, long acceptedAtNanos, long previousFirstSentAtNanos) {}
