package dev.ha4j.api.state;

import dev.ha4j.api.Incarnation;
import dev.ha4j.api.NodeId;
import java.util.Objects;

/**
 * All terms: the last token of the cluster, and the last grant of each resource.
 *
 * @param lastToken the highest token ever granted
 * @param grants by name of the primitive, or of its instance
 */
public record TermLedger(long lastToken, PersistentMap<String, TermGrant> grants) {

    public static final TermLedger NONE = new TermLedger(0, PersistentMap.empty());

    public TermLedger {
        Objects.requireNonNull(grants, "grants");
    }

    /** How many tokens nobody can have used up who went on without those here. */
    private static final int BLOCK_BITS = 32;

    /**
     * Leaves out all tokens that others may have granted meanwhile.
     *
     * @param seat a number that no other partition leaves them out with
     */
    public TermLedger leap(int seat) {
        long block = (lastToken >> BLOCK_BITS) + 1 + seat;
        return new TermLedger(block << BLOCK_BITS, grants);
    }

    /** Grants the next token. */
    public TermLedger grant(String resource, NodeId holder, Incarnation incarnation, StateVersion at) {
        TermGrant next = new TermGrant(resource, holder, incarnation, lastToken + 1, at);
        return new TermLedger(next.token(), grants.put(resource, next));
    }
}
