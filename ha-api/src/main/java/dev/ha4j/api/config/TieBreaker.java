package dev.ha4j.api.config;

import dev.ha4j.api.NodeId;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Which of two equal halves goes on ({@code auto_tie_breaker_node}).
 *
 * @param kind by which node the half is chosen
 * @param nodes for {@link Kind#LIST}: the first of them that is not known to be in the other half decides; else empty
 */
public record TieBreaker(Kind kind, List<NodeId> nodes) {

    /** By which node the half is chosen. */
    public enum Kind {
        /** Neither half goes on. */
        NONE,
        /** The lowest number goes on. */
        LOWEST,
        /** The highest number goes on. */
        HIGHEST,
        /** A node of a list goes on. */
        LIST
    }

    public static final TieBreaker NONE = new TieBreaker(Kind.NONE, List.of());
    public static final TieBreaker LOWEST = new TieBreaker(Kind.LOWEST, List.of());
    public static final TieBreaker HIGHEST = new TieBreaker(Kind.HIGHEST, List.of());

    public TieBreaker {
        Objects.requireNonNull(kind, "kind");
        nodes = List.copyOf(nodes);
    }

    /** The half with the first of these nodes goes on. */
    public static TieBreaker nodes(int... ids) {
        return new TieBreaker(Kind.LIST, Arrays.stream(ids).mapToObj(NodeId::of).toList());
    }

    public boolean isNone() {
        return kind == Kind.NONE;
    }
}
