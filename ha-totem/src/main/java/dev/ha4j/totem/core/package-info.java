/**
 * The single-ring protocol as a function of state, input and time.
 *
 * <p>{@link dev.ha4j.totem.core.Protocol} holds what outlives a state and is the only one that changes it. The states, in
 * the order of a formation: {@code Gather} agrees on the members, {@code Commit} collects what each has of its old ring,
 * {@code Recovery} gives everybody everything, {@code Operational} orders messages. {@code TokenRotation} is one visit of
 * the token.
 */
package dev.ha4j.totem.core;
