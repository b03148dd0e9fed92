package dev.ha4j.api;

/** What to do while leading: begun when a term is granted, closed when it ends. Called on a worker thread. */
@FunctionalInterface
public interface LeadershipTask {

    /** Begins to lead; returns soon, and gives back what {@link AutoCloseable#close()} has to end. */
    AutoCloseable begin(Term term) throws Exception;
}
