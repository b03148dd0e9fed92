package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.Scores;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Adds the preferences of colocated resources to a table, however far they are linked. */
final class Wishes {
    /** A node that would have become negative where that is not allowed. */
    private static final int UNUSABLE = -100 * Scores.INFINITY;

    private final boolean nonNegative;
    private final boolean throughPrimaries;

    private Wishes(boolean nonNegative, boolean throughPrimaries) {
        this.nonNegative = nonNegative;
        this.throughPrimaries = throughPrimaries;
    }

    /** Lets the dependent of a colocation speak for the nodes of its primary. */
    static NodeTable ofDependent(Colocation colocation, NodeTable nodes, boolean nonNegative, boolean rollBack) {
        return new Wishes(nonNegative, false)
                .add(colocation.dependent(), nodes, colocation, factor(colocation), rollBack);
    }

    /** Lets the primary of a colocation speak for the nodes of its dependent. */
    static NodeTable ofPrimary(Colocation colocation, NodeTable nodes) {
        return new Wishes(false, false).add(colocation.primary(), nodes, colocation, factor(colocation), false);
    }

    /** What a resource itself prefers, with all on which it depends; for the order in which resources are assigned. */
    static NodeTable of(Resource resource) {
        return new Wishes(false, true).add(resource, null, null, 1, false);
    }

    /** Q: computed in single precision. */
    private static float factor(Colocation colocation) {
        return colocation.score() / 1e6f;
    }

    private NodeTable add(
            Resource source,
            @Nullable NodeTable nodes,
            @Nullable Colocation colocation,
            float factor,
            boolean rollBack) {
        if (source.updating) {
            return nodes == null ? source.table : nodes;
        }
        source.updating = true;
        try {
            if (source instanceof Group group) {
                return add(nodes == null ? group.last() : group.first(), nodes, colocation, factor, rollBack);
            }
            NodeTable work = nodes == null ? source.table.copy() : nodes.copy();
            if (nodes != null && colocation != null) {
                addOwn(source, work, colocation, factor);
            }
            if (work.anyUsable()) {
                work = addLinked(source, work, factor);
            } else if (rollBack) {
                return nodes == null ? source.table : nodes;
            }
            if (nonNegative) {
                keepUnusableLast(work);
            }
            return work;
        } finally {
            source.updating = false;
        }
    }

    private NodeTable addLinked(Resource source, NodeTable start, float factor) {
        NodeTable work = start;
        List<Colocation> links =
                throughPrimaries ? ColocationLists.withOthers(source) : ColocationLists.othersWith(source);
        for (Colocation link : links) {
            if (throughPrimaries || link.influences(link.primary())) {
                Resource other = throughPrimaries ? link.primary() : link.dependent();
                float linked = (factor * link.score()) / 1e6f;
                work = add(other, work, link, linked, true);
            }
        }
        return work;
    }

    private static void keepUnusableLast(NodeTable work) {
        for (int i = 0; i < work.score.length; i++) {
            if (work.has[i] && work.score[i] == UNUSABLE) {
                work.score[i] = 1;
            }
        }
    }

    private void addOwn(Resource source, NodeTable work, Colocation colocation, float factor) {
        Preferences preferences = new Preferences(tableOf(source, colocation), colocation);
        for (Node node : work.nodes) {
            if (work.has(node)) {
                int score = preferences.on(node);
                boolean skipped = factor < 0 && score < 0 && !countsTwiceNegative(colocation, score);
                if (!skipped && work.score(node) != UNUSABLE) {
                    add(work, node, score, factor);
                }
            }
        }
    }

    /** An inner member that a constraint names sees the locations of its whole group. */
    private static NodeTable tableOf(Resource source, Colocation colocation) {
        boolean inner = colocation.explicit()
                && colocation.dependent() == source
                && source.parent instanceof Group group
                && group.first() != source;
        if (!inner || source.parent == null) {
            return source.table;
        }
        NodeTable table = source.table.copy();
        for (Location location : source.parent.locations) {
            if (location.role() == Role.UNKNOWN || location.role() == source.nextRole) {
                for (Location.Entry entry : location.entries()) {
                    table.insert(entry.node(), 0);
                    table.add(entry.node(), entry.score());
                }
            }
        }
        return table;
    }

    /** Not to be with what does not want to be there is no reason to be there, unless that is its only place. */
    private static boolean countsTwiceNegative(Colocation colocation, int score) {
        if (colocation.primary().stickiness >= -score || !colocation.influences(colocation.primary())) {
            return false;
        }
        NodeTable table = colocation.dependent().table;
        int allowed = 0;
        for (int i = 0; i < table.score.length; i++) {
            if (table.has[i] && table.score[i] >= 0) {
                allowed++;
            }
        }
        return allowed == 1;
    }

    private void add(NodeTable work, Node node, int score, float factor) {
        float delta = factor * score;
        int rounded = (int) (delta >= 0 ? (double) delta + 0.5 : (double) delta - 0.5);
        if (rounded == 0 && score != 0) {
            rounded = factor > 0 ? 1 : factor < 0 ? -1 : 0;
        }
        int old = work.score(node);
        int changed = Scores.add(rounded, old);
        if (nonNegative && changed < 0) {
            if (old > 0) {
                work.score[node.index] = UNUSABLE;
                return;
            }
            if (old == 0) {
                return;
            }
        }
        work.score[node.index] = changed;
    }

    /** The best score among the available nodes that have the same value of the colocation's attribute. */
    private static final class Preferences {
        private final NodeTable table;
        private final Colocation colocation;
        private final @Nullable Map<String, Integer> byValue;

        Preferences(NodeTable table, Colocation colocation) {
            this.table = table;
            this.colocation = colocation;
            this.byValue = colocation.tellsApart(table.nodes) ? null : byValue();
        }

        private Map<String, Integer> byValue() {
            Map<String, Integer> best = new TreeMap<>();
            for (Node node : table.nodes) {
                if (table.has(node) && node.available()) {
                    best.merge(key(node), table.score(node), Math::max);
                }
            }
            return best;
        }

        private String key(Node node) {
            return colocation.valueOn(node).toLowerCase(Locale.ROOT);
        }

        int on(Node node) {
            if (byValue != null) {
                return byValue.getOrDefault(key(node), -Scores.INFINITY);
            }
            return table.has(node) && node.available() ? table.score(node) : -Scores.INFINITY;
        }
    }
}
