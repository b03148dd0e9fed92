package dev.ha4j.api;

/**
 * A resource that can move to another node without being stopped: its work goes on there. The cluster asks the one side to let go,
 * then the other to take up, then the first to clean up ({@link #stop}). Nobody acts in between: the first side's term is over when
 * {@link #migrateTo} has returned, the other's begins with {@link #migrateFrom}. If one of them fails, the resource is stopped on both
 * sides and started anew.
 */
public interface MigratableResource extends Resource {

    /**
     * Hands everything over to the node that is named; returning means that this instance does nothing any more that only one may
     * do, and will not, whatever becomes of the other side. It is stopped after that.
     */
    void migrateTo(Migration migration) throws Exception;

    /** Takes up what the node that is named has handed over; returning means that the resource runs here. */
    void migrateFrom(Migration migration) throws Exception;
}
