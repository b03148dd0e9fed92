package dev.ha4j.api;

/** The context of the two operations of a migration. */
public interface Migration extends OperationContext {

    /** Name of the other node: where it goes to, or comes from. */
    String peer();
}
