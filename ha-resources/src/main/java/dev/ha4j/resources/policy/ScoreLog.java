package dev.ha4j.resources.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers how scores came to be, or nothing at all: then each call returns at once. Phases call it right after they changed a
 * table; what differs from the last time that table was looked at is what they did.
 */
public final class ScoreLog {
    static final ScoreLog OFF = new ScoreLog(false);

    /** Stands for a node that is not in a table. */
    private static final int ABSENT = Integer.MIN_VALUE;

    private final boolean remembers;
    private final List<Score> scores = new ArrayList<>();
    private final List<Contribution> contributions = new ArrayList<>();
    private final List<Candidate> candidates = new ArrayList<>();
    private final Map<Resource, int[]> known = new LinkedHashMap<>();

    private ScoreLog(boolean remembers) {
        this.remembers = remembers;
    }

    static ScoreLog on() {
        return new ScoreLog(true);
    }

    /** What is given a place, or a role. */
    public enum Kind {
        PRIMITIVE,
        GROUP,
        CLONE,
        BUNDLE,
        PROMOTION
    }

    /**
     * What a resource had on a node when it, or what it is in, was given a place.
     *
     * @param node null for the promotion score of an instance that has no place
     */
    public record Score(
            Kind kind, String resource, @Nullable String node, int score) {}

    /**
     * One change of what a resource gets on a node.
     *
     * @param allowedBefore whether the node could be chosen at all before
     * @param before its score before
     * @param after its score afterwards
     * @param why what changed it, in words
     */
    public record Contribution(
            String resource, String node, boolean allowedBefore, int before, int after, String why) {}

    /**
     * A node that was looked at when a resource was given a place.
     *
     * @param unavailable why nothing may run there; null if it may
     * @param resourceCount primitives that had been given this node by then
     * @param current whether the resource is active there
     * @param chosen whether it was chosen
     */
    public record Candidate(
            String resource,
            String node,
            int score,
            @Nullable String unavailable,
            int resourceCount,
            boolean current,
            boolean chosen) {}

    List<Score> scores() {
        return List.copyOf(scores);
    }

    List<Contribution> contributions() {
        return List.copyOf(contributions);
    }

    List<Candidate> candidates() {
        return List.copyOf(candidates);
    }

    // Scores as they are when a place is chosen

    /** The scores of a resource, and of all below it, are what they will be. */
    void assigning(Kind kind, Resource resource) {
        if (remembers) {
            resource.forEach(each -> {
                if (each.removed) {
                    return;
                }
                for (Node node : each.table.nodes) {
                    if (each.table.has(node)) {
                        scores.add(new Score(kind, each.id, node.name, each.table.score(node)));
                    }
                }
            });
        }
    }

    void promoting(Resource instance) {
        if (remembers) {
            Node place = instance.location();
            String name = place == null ? null : place.name;
            scores.add(new Score(Kind.PROMOTION, instance.id, name, instance.sortingPriority));
        }
    }

    /** A place was chosen; of several times the last one counts. */
    void placed(Primitive resource) {
        if (!remembers) {
            return;
        }
        candidates.removeIf(candidate -> candidate.resource().equals(resource.id));
        for (Node node : resource.table.nodes) {
            if (resource.table.has(node)) {
                boolean chosen = node == resource.assigned;
                candidates.add(new Candidate(
                        resource.id,
                        node.name,
                        resource.table.score(node),
                        unavailable(node),
                        chosen ? node.assignedCount - 1 : node.assignedCount,
                        resource.isRunningOn(node),
                        chosen));
            }
        }
    }

    private static @Nullable String unavailable(Node node) {
        if (node.unclean) {
            return "the node is unclean";
        }
        if (!node.online) {
            return "the node is offline";
        }
        if (node.pending) {
            return "the node is still coming up";
        }
        if (node.shuttingDown) {
            return "the node is shutting down";
        }
        if (node.standby) {
            return "the node is in standby";
        }
        return node.maintenance ? "the node is in maintenance" : null;
    }

    // What changed scores

    void begin(Model model) {
        if (remembers) {
            model.resources.forEach(resource -> resource.forEach(each -> {
                for (Node node : model.nodes) {
                    if (each.table.has(node) && each.table.score(node) != 0) {
                        add(each, node, 0, true, "base score of the node");
                    }
                }
                remember(each);
            }));
        }
    }

    void note(Resource resource, String why) {
        if (remembers) {
            resource.forEach(each -> differences(each, why));
        }
    }

    void history(Primitive resource, Node node, @Nullable HistoryEntry failure) {
        if (remembers) {
            String what = failure == null
                    ? "what its history on " + node.name + " says"
                    : failure.task + " failed on " + node.name + " with code " + failure.rawRc;
            note(resource.top(), what);
        }
    }

    void location(Resource resource, Location location) {
        if (remembers) {
            String which = location.id().equals("#health") ? "health of the node" : "location " + location.id();
            differences(resource, which);
        }
    }

    void ticket(Primitive resource, TicketConstraint constraint) {
        if (remembers) {
            String state = constraint.ticket().granted() ? "on hold" : "not granted";
            note(resource, "ticket " + constraint.ticket().name() + " is " + state + " (" + constraint.id() + ")");
        }
    }

    void failures(Primitive resource, Node node, int count) {
        if (remembers) {
            note(
                    resource.topIfAnonymous(),
                    resource.id + " failed " + Text.score(count) + " times on " + node.name + ", and "
                            + Text.score(resource.migrationThreshold) + " are enough (migration-threshold)");
        }
    }

    /** A resource heeds where another is. */
    void follows(Resource resource, Colocation colocation) {
        if (remembers) {
            Resource primary = colocation.primary();
            Node place = primary.location();
            String where = primary instanceof CloneResource
                    ? ""
                    : place == null ? ", which has no place" : ", which is on " + place.name;
            note(resource, "with " + primary.id + where + name(colocation));
        }
    }

    /** A resource heeds what one that goes where it goes would like. */
    void hears(Resource resource, Colocation colocation) {
        if (remembers) {
            note(
                    resource,
                    "what " + colocation.dependent().id + " prefers, which is placed with it" + name(colocation));
        }
    }

    private static String name(Colocation colocation) {
        return colocation.explicit() ? " (colocation " + colocation.id() + ")" : " (same group)";
    }

    /** Where an attempt to keep an instance on its node begins. */
    int mark() {
        return contributions.size();
    }

    /** The attempt was taken back. */
    void undo(Resource instance, int mark) {
        if (remembers) {
            instance.forEach(each -> {
                for (int i = contributions.size() - 1; i >= mark; i--) {
                    if (contributions.get(i).resource().equals(each.id)) {
                        contributions.remove(i);
                    }
                }
                remember(each);
            });
        }
    }

    private void differences(Resource resource, String why) {
        int[] before = known.getOrDefault(resource, new int[resource.table.nodes.length]);
        for (Node node : resource.table.nodes) {
            int old = before[node.index];
            boolean has = resource.table.has(node);
            if (has && old != resource.table.score(node)) {
                add(resource, node, old == ABSENT ? 0 : old, old != ABSENT, why);
            }
        }
        remember(resource);
    }

    private void add(Resource resource, Node node, int before, boolean allowedBefore, String why) {
        contributions.add(
                new Contribution(resource.id, node.name, allowedBefore, before, resource.table.score(node), why));
    }

    private void remember(Resource resource) {
        int[] scores = new int[resource.table.nodes.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = resource.table.has[i] ? resource.table.score[i] : ABSENT;
        }
        known.put(resource, scores);
    }
}
