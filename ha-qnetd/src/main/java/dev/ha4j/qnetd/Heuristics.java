package dev.ha4j.qnetd;

/** What a node's own checks say of it: between equal halves the arbiter prefers the one that passes. */
public enum Heuristics {
    UNDEFINED,
    PASS,
    FAIL
}
