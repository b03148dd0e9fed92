package dev.ha4j.api;

/** Hears when this node begins and ceases to lead; called on a worker thread, one call at a time. */
public interface LeadershipListener {

    /** This node leads. An exception gives the leadership back. */
    void granted(Term term) throws Exception;

    /**
     * This node has to cease: when this returns, it must not act in that term any more. Called once for each
     * {@link #granted}, also when the lease ran out.
     */
    void revoked(Term term) throws Exception;
}
