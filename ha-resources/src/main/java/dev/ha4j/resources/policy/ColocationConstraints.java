package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.Constraint;
import dev.ha4j.resources.config.Constraint.ResourceSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** With what resources run. */
final class ColocationConstraints {
    private final Model model;
    private final ResourceReferences references;

    ColocationConstraints(Model model, ResourceReferences references) {
        this.model = model;
        this.references = references;
    }

    void add(Constraint.Colocation constraint) {
        int score = model.options.score(constraint.get("score"), 0);
        String dependent = constraint.get("rsc");
        String primary = constraint.get("with-rsc");
        if (!constraint.sets().isEmpty()) {
            addSets(constraint, references.expand(constraint.sets()), score);
        } else if (references.isMany(dependent) || references.isMany(primary)) {
            if (!(references.isMany(dependent) && references.isMany(primary))) {
                addSets(constraint, asSets(constraint, dependent, primary), score);
            }
        } else {
            record(
                    constraint,
                    references.resource(dependent),
                    references.resource(primary),
                    score,
                    constraint.get("node-attribute"),
                    constraint.get("rsc-role"),
                    constraint.get("with-rsc-role"),
                    references.resource(dependent));
        }
    }

    private List<ResourceSet> asSets(
            Constraint.Colocation constraint, @Nullable String dependent, @Nullable String primary) {
        Map<String, @Nullable String> first = new LinkedHashMap<>();
        first.put("role", constraint.get("rsc-role"));
        Map<String, @Nullable String> second = new LinkedHashMap<>();
        second.put("role", constraint.get("with-rsc-role"));
        return List.of(references.asSet(dependent, first), references.asSet(primary, second));
    }

    private void addSets(Constraint.Colocation constraint, List<ResourceSet> sets, int score) {
        ResourceSet previous = null;
        for (ResourceSet set : sets) {
            within(constraint, set, score);
            if (previous != null) {
                between(constraint, previous, set, score);
            }
            previous = set;
        }
    }

    private static boolean sequential(ResourceSet set) {
        return set.get("sequential") == null || Text.isTrue(set.get("sequential"));
    }

    private void within(Constraint.Colocation constraint, ResourceSet set, int constraintScore) {
        if (!sequential(set)) {
            return;
        }
        int score = model.options.score(set.get("score"), constraintScore);
        List<Resource> members = references.resources(set);
        boolean reversed = set.get("ordering") != null && !"group".equals(set.get("ordering"));
        for (int i = 1; i < members.size(); i++) {
            Resource member = members.get(i);
            if (score < 0) {
                for (int j = 0; j < i; j++) {
                    inSet(constraint, member, members.get(j), score, set.get("role"), member);
                }
            } else if (reversed) {
                inSet(constraint, members.get(i - 1), member, score, set.get("role"), member);
            } else {
                inSet(constraint, member, members.get(i - 1), score, set.get("role"), member);
            }
        }
    }

    private void inSet(
            Constraint.Colocation constraint,
            Resource dependent,
            Resource primary,
            int score,
            @Nullable String role,
            Resource influential) {
        record(constraint, dependent, primary, score, null, role, role, influential);
    }

    private void between(Constraint.Colocation constraint, ResourceSet dependents, ResourceSet primaries, int score) {
        List<Resource> from = references.resources(dependents);
        List<Resource> to = references.resources(primaries);
        if (from.isEmpty() || to.isEmpty()) {
            return;
        }
        for (Resource dependent : sequential(dependents) ? from.subList(0, 1) : from) {
            for (Resource primary : sequential(primaries) ? to.subList(to.size() - 1, to.size()) : to) {
                record(
                        constraint,
                        dependent,
                        primary,
                        score,
                        null,
                        dependents.get("role"),
                        primaries.get("role"),
                        dependent);
            }
        }
    }

    private void record(
            Constraint.Colocation constraint,
            @Nullable Resource dependent,
            @Nullable Resource primary,
            int score,
            @Nullable String attribute,
            @Nullable String dependentRole,
            @Nullable String primaryRole,
            @Nullable Resource influential) {
        if (dependent == null || primary == null || influential == null || score == 0) {
            return;
        }
        Optional<Boolean> influence = Text.truth(constraint.get("influence"));
        Colocation made = new Colocation(
                constraint.id(),
                dependent,
                primary,
                score,
                attribute == null ? "#uname" : attribute,
                role(dependentRole),
                role(primaryRole),
                true,
                influence.orElse(influential.critical));
        record(made);
        orderAgainst(model, made);
    }

    private static Role role(@Nullable String text) {
        Role role = Role.parse(text).orElse(Role.UNKNOWN);
        return role == Role.STARTED ? Role.UNKNOWN : role;
    }

    static void record(Colocation colocation) {
        MergeSort.insert(colocation.dependent().withOthers, colocation, ColocationConstraints::compareByPrimary);
        MergeSort.insert(colocation.primary().othersWith, colocation, ColocationConstraints::compareByDependent);
    }

    static int compareByPrimary(Colocation a, Colocation b) {
        return compare(a.primary(), b.primary());
    }

    static int compareByDependent(Colocation a, Colocation b) {
        return compare(a.dependent(), b.dependent());
    }

    /** Higher priority first, then bundles, clones, groups and primitives, then promotable ones, then by id. */
    private static int compare(Resource a, Resource b) {
        if (a.priority != b.priority) {
            return Integer.compare(b.priority, a.priority);
        }
        if (a.variant() != b.variant()) {
            return Integer.compare(b.variant(), a.variant());
        }
        if (a.variant() == 2 && a.promotable != b.promotable) {
            return a.promotable ? -1 : 1;
        }
        return a.id.compareTo(b.id);
    }

    /** Mandatory anti-colocations make each of the two leave a node before the other comes. */
    static void orderAgainst(Model model, Colocation colocation) {
        if (colocation.score() > -dev.ha4j.resources.config.Scores.INFINITY) {
            return;
        }
        antiOrder(
                model,
                colocation.dependent(),
                colocation.dependentRole(),
                colocation.primary(),
                colocation.primaryRole());
        antiOrder(
                model,
                colocation.primary(),
                colocation.primaryRole(),
                colocation.dependent(),
                colocation.dependentRole());
    }

    private static void antiOrder(Model model, Resource leaving, Role lost, Resource coming, Role gained) {
        for (String lose : losing(lost)) {
            for (String gain : gaining(gained)) {
                model.order(leaving, lose, coming, gain, Order.IF_REQUIRED_ON_SAME_NODE);
            }
        }
    }

    private static List<String> losing(Role role) {
        return switch (role) {
            case PROMOTED -> List.of(Tasks.DEMOTE);
            case UNPROMOTED -> List.of(Tasks.STOP, Tasks.PROMOTE);
            default -> List.of(Tasks.STOP);
        };
    }

    private static List<String> gaining(Role role) {
        return switch (role) {
            case PROMOTED -> List.of(Tasks.PROMOTE);
            case UNPROMOTED -> List.of(Tasks.START, Tasks.DEMOTE);
            default -> List.of(Tasks.START);
        };
    }
}
