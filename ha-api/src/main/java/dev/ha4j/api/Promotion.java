package dev.ha4j.api;

/** The context of a promote operation: its {@link #term()} is always there. */
public interface Promotion extends OperationContext {}
