package dev.ha4j.resources.policy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Remembers the scores of a plan, or nothing at all. */
public final class ScoreLog {
    static final ScoreLog OFF = new ScoreLog(false);

    private final boolean remembers;
    private final List<Score> scores = new ArrayList<>();

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
        PROMOTION
    }

    /**
     * What a resource had on a node when it, or what it is in, was given a place.
     *
     * @param node null for the promotion score of an instance that has no place
     */
    public record Score(
            Kind kind, String resource, @Nullable String node, int score) {}

    List<Score> scores() {
        return List.copyOf(scores);
    }

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
}
