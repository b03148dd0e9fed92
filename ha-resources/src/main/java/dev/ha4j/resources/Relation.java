package dev.ha4j.resources;

import java.util.Set;

/**
 * How two steps depend on each other.
 *
 * @param first the one that comes first, if both are done
 * @param then the one that waits
 * @param effects what follows for the one from the other
 */
record Relation(Step first, Step then, Set<Effect> effects) {

    /** What follows from a relation. */
    enum Effect {
        /** The second waits for the first. */
        ORDER,
        /** If the first is required, so is the second. */
        IMPLIES_THEN,
        /** If the second is required, so is the first. */
        IMPLIES_FIRST,
        /** If the first can't be done, nor can the second. */
        BLOCKS,
        /** If the first can't be done, nor can the second if it is required; one that is done already is left alone. */
        BLOCKS_NEW,
        /** If the first can't be done although it is required, nor can the second if it is required. */
        BLOCKS_NEEDED,
        /** If the first can't be done, the second loses one of those of which it needs some. */
        BLOCKS_SHARE,
        /** The first ends what the second begins anew: if the second is required or can't be done, the first is required. */
        RESTART
    }

    boolean has(Effect effect) {
        return effects.contains(effect);
    }
}
