package dev.ha4j.api;

import java.util.Optional;
import java.util.function.Consumer;

/** This node's candidature for one leadership. All methods may be called from any thread and don't block. */
public interface Leadership extends AutoCloseable {

    String name();

    /** The term that this node holds; empty if it doesn't lead now. */
    Optional<Term> current();

    /**
     * Runs the action on the calling thread if this node leads now.
     *
     * @return whether it was run
     */
    default boolean ifHeld(Consumer<? super Term> action) {
        Optional<Term> held = current().filter(Term::isHeld);
        held.ifPresent(action);
        return held.isPresent();
    }

    /** Ends the candidature: a term held here is given back after the listener was told. */
    @Override
    void close();
}
