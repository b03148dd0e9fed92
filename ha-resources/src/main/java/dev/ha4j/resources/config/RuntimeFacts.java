package dev.ha4j.resources.config;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a running cluster knows beyond Pacemaker's terms: operations that it ordered and that are not answered yet, and what has
 * to be over before a role that one node at a time may have begins anew.
 *
 * @param digestsKnown whether every record says with what parameters it ran; else one that doesn't counts as unchanged
 * @param underWay operations that were ordered before: the state takes them for done, and what comes after them has to wait
 * @param fencing how each node can be fenced, by its name
 * @param obstacles what stands against exclusive roles
 */
public record RuntimeFacts(
        boolean digestsKnown, List<UnderWay> underWay, SortedMap<String, Fencing> fencing, List<Obstacle> obstacles) {

    /** Nothing more is known than Pacemaker would know. */
    public static final RuntimeFacts NONE = new RuntimeFacts(true, List.of(), new TreeMap<>(), List.of());

    public RuntimeFacts {
        underWay = List.copyOf(underWay);
        fencing = Collections.unmodifiableSortedMap(new TreeMap<>(fencing));
        obstacles = List.copyOf(obstacles);
    }

    /** An operation of a primitive, by the primitive's configured name. */
    public record UnderWay(String node, String primitive, String task) {}

    /**
     * How a node can be fenced.
     *
     * @param reason why it is to be fenced although no failure asks for it; null if nothing else does
     * @param impossible why it can't be fenced; null if it can
     * @param underWay whether it is being fenced
     * @param insufficientFor primitives that need more than the weakest of its devices proves: they wait for what comes of it
     */
    public record Fencing(
            @Nullable String reason, @Nullable String impossible, boolean underWay, SortedSet<String> insufficientFor) {
        public Fencing {
            insufficientFor = Collections.unmodifiableSortedSet(new TreeSet<>(insufficientFor));
        }
    }

    /**
     * A node on which a primitive may still be active in its exclusive role.
     *
     * @param wall why nothing can be done about it; null if fencing the node ends it
     */
    public record Obstacle(
            String primitive, String node, @Nullable String wall) {}
}
