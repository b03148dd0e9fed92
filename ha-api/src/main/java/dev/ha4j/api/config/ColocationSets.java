package dev.ha4j.api.config;

import dev.ha4j.api.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Which sets of resources run where others do ({@code rsc_colocation} with {@code resource_set}s):
 * {@code colocate(each("web", "mail")).with(chain("db", "vip"))}.
 *
 * @param id name
 * @param sets each is placed by the one behind it
 * @param score infinite for must, negative for apart
 */
public record ColocationSets(String id, List<ColocationSet> sets, Score score) implements Constraint {

    public ColocationSets {
        Objects.requireNonNull(id, "id");
        sets = List.copyOf(sets);
        Objects.requireNonNull(score, "score");
    }

    static ColocationSets of(List<ColocationSet> sets) {
        String names = sets.stream()
                .flatMap(set -> set.resources().stream())
                .collect(Collectors.joining("-", "colocation-sets-", ""));
        return new ColocationSets(names, sets, Score.INFINITY);
    }

    /** What all that was said before is placed by. */
    public ColocationSets with(ColocationSet next) {
        List<ColocationSet> all = new ArrayList<>(sets);
        all.add(next);
        return new ColocationSets(of(all).id(), all, score);
    }

    public ColocationSets with(String resource) {
        return with(ColocationSet.chain(resource));
    }

    public ColocationSets score(int newScore) {
        return new ColocationSets(id, sets, Score.of(newScore));
    }

    public ColocationSets named(String newId) {
        return new ColocationSets(newId, sets, score);
    }
}
