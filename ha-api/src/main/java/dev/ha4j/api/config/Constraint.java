package dev.ha4j.api.config;

/** A rule about where, with what, in which order and under which ticket resources run. */
public sealed interface Constraint
        permits LocationConstraint, ColocationConstraint, ColocationSets, OrderConstraint, OrderSets, TicketConstraint {

    /** Name, unique among all constraints. */
    String id();
}
