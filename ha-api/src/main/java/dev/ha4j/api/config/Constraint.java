package dev.ha4j.api.config;

/** A rule about where, with what and in which order resources run. */
public sealed interface Constraint permits LocationConstraint, ColocationConstraint, OrderConstraint {

    /** Name, unique among all constraints. */
    String id();
}
