package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.Constraint;
import dev.ha4j.resources.config.Constraint.ResourceSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** After what actions are done. */
final class OrderConstraints {
    private final Model model;
    private final ResourceReferences references;

    OrderConstraints(Model model, ResourceReferences references) {
        this.model = model;
        this.references = references;
    }

    private enum Kind {
        OPTIONAL,
        MANDATORY,
        SERIALIZE
    }

    /** How a constraint, or a set in it, orders. */
    private record Manner(Kind kind, boolean symmetric) {
        /** Flags of the ordering as written. */
        int flags(String firstTask) {
            return switch (kind) {
                case OPTIONAL -> Order.ORDERED;
                case SERIALIZE -> Order.SERIALIZE;
                case MANDATORY -> {
                    if (!symmetric) {
                        yield Order.ORDERED | Order.ASYMMETRIC;
                    }
                    boolean up = firstTask.equals(Tasks.START)
                            || firstTask.equals(Tasks.PROMOTE)
                            || firstTask.equals(Tasks.MIGRATE_FROM);
                    yield Order.ORDERED | Order.FIRST_IMPLIES_THEN | (up ? Order.UNRUNNABLE_FIRST_BLOCKS : 0);
                }
            };
        }

        int inverseFlags() {
            return kind == Kind.MANDATORY ? Order.ORDERED | Order.THEN_IMPLIES_FIRST : Order.ORDERED;
        }
    }

    void add(Constraint.Order constraint) {
        String first = constraint.get("first");
        String then = constraint.get("then");
        if (!constraint.sets().isEmpty()) {
            addSets(constraint, references.expand(constraint.sets()));
        } else if (references.isMany(first) || references.isMany(then)) {
            addSets(constraint, asSets(constraint, first, then));
        } else {
            addSimple(constraint, references.resource(first), references.resource(then));
        }
    }

    private static Kind kind(@Nullable String kind, @Nullable String score, Kind otherwise) {
        if (kind == null) {
            return score == null
                    ? otherwise
                    : Text.integer(score, 0) == 0 && !isInfinite(score) ? Kind.OPTIONAL : Kind.MANDATORY;
        }
        return switch (kind.toLowerCase(Locale.ROOT)) {
            case "optional" -> Kind.OPTIONAL;
            case "serialize" -> Kind.SERIALIZE;
            default -> Kind.MANDATORY;
        };
    }

    private static boolean isInfinite(String score) {
        return score.endsWith("INFINITY");
    }

    private static Manner manner(Constraint.Order constraint) {
        Kind kind = kind(constraint.get("kind"), constraint.get("score"), Kind.MANDATORY);
        return new Manner(kind, symmetric(constraint.get("symmetrical"), true, kind));
    }

    private static boolean symmetric(@Nullable String text, boolean otherwise, Kind kind) {
        return kind != Kind.SERIALIZE && (text == null ? otherwise : Text.isTrue(text));
    }

    private List<ResourceSet> asSets(Constraint.Order constraint, @Nullable String first, @Nullable String then) {
        Map<String, @Nullable String> firstSet = new LinkedHashMap<>();
        firstSet.put("action", constraint.get("first-action"));
        Map<String, @Nullable String> thenSet = new LinkedHashMap<>();
        String thenAction = constraint.get("then-action");
        thenSet.put("action", thenAction != null ? thenAction : constraint.get("first-action"));
        return List.of(references.asSet(first, firstSet), references.asSet(then, thenSet));
    }

    // Simple constraints

    private void addSimple(Constraint.Order constraint, @Nullable Resource first, @Nullable Resource then) {
        if (first == null || then == null) {
            return;
        }
        String firstTask = action(constraint.get("first-action"), Tasks.START);
        String thenTask = action(constraint.get("then-action"), firstTask);
        Manner manner = manner(constraint);
        Optional<Integer> minimum = minimum(constraint, first);
        if (minimum.isPresent()) {
            addWithMinimum(constraint.id(), (CloneResource) first, firstTask, then, thenTask, manner, minimum.get());
        } else {
            model.order(first, firstTask, then, thenTask, manner.flags(firstTask));
        }
        if (manner.symmetric()) {
            inverse(first, firstTask, then, thenTask, manner.inverseFlags());
        }
    }

    private static String action(@Nullable String text, String absent) {
        return text == null ? absent : text.toLowerCase(Locale.ROOT);
    }

    private void inverse(Resource first, String firstTask, Resource then, String thenTask, int flags) {
        String undoThen = Tasks.inverse(thenTask);
        String undoFirst = Tasks.inverse(firstTask);
        if (!undoThen.isEmpty() && !undoFirst.isEmpty()) {
            model.order(then, undoThen, first, undoFirst, flags);
        }
    }

    private static Optional<Integer> minimum(Constraint.Order constraint, Resource first) {
        if (!(first instanceof CloneResource clone)) {
            return Optional.empty();
        }
        String minimum = clone.meta.get("clone-min");
        if (minimum != null) {
            return Optional.of(Text.atLeast(minimum, 0, 0));
        }
        String requireAll = constraint.get("require-all");
        return requireAll == null || Text.isTrue(requireAll) ? Optional.empty() : Optional.of(1);
    }

    private void addWithMinimum(
            String id,
            CloneResource first,
            String firstTask,
            Resource then,
            String thenTask,
            Manner manner,
            int minimum) {
        Action enough = model.actions.pseudo("clone-one-or-more:" + id);
        enough.requiredRunnable = minimum;
        for (Resource instance : first.instances) {
            model.order(instance, firstTask, enough, Order.MINIMUM_RUNNABLE | Order.FIRST_IMPLIES_THEN_SHOWN);
        }
        model.order(enough, then, thenTask, manner.flags(firstTask) | Order.UNRUNNABLE_FIRST_BLOCKS);
    }

    // Sets

    private void addSets(Constraint.Order constraint, List<ResourceSet> sets) {
        Manner manner = manner(constraint);
        ResourceSet previous = null;
        for (ResourceSet set : sets) {
            within(constraint, set, manner);
            if (previous != null) {
                between(previous, set, manner, false);
                if (manner.symmetric()) {
                    between(set, previous, manner, true);
                }
            }
            previous = set;
        }
    }

    private void within(Constraint.Order constraint, ResourceSet set, Manner outer) {
        Kind kind = set.get("kind") == null && set.get("score") == null
                ? outer.kind()
                : kind(set.get("kind"), set.get("score"), outer.kind());
        String symmetrical = set.get("symmetrical") != null ? set.get("symmetrical") : constraint.get("symmetrical");
        Manner manner = new Manner(kind, symmetric(symmetrical, true, kind));
        boolean sequential = set.get("sequential") == null || Text.isTrue(set.get("sequential"));
        String task = action(set.get("action"), Tasks.START);
        List<Resource> members = references.resources(set);
        for (int i = 1; i < members.size(); i++) {
            Resource member = members.get(i);
            if (kind == Kind.SERIALIZE) {
                for (int j = 0; j < i; j++) {
                    model.order(members.get(j), task, member, task, manner.flags(task));
                }
            } else if (sequential) {
                model.order(members.get(i - 1), task, member, task, manner.flags(task));
            }
        }
        String undo = Tasks.inverse(task);
        if (manner.symmetric() && sequential && !undo.isEmpty()) {
            for (int i = members.size() - 1; i > 0; i--) {
                model.order(members.get(i), undo, members.get(i - 1), undo, manner.inverseFlags());
            }
        }
    }

    /** Q: here a set is sequential only if it says so, although within itself it is so if it says nothing. */
    private static boolean saysSequential(ResourceSet set) {
        return Text.isTrue(set.get("sequential"));
    }

    private void between(ResourceSet firsts, ResourceSet thens, Manner manner, boolean inverse) {
        String firstTask = action(firsts.get("action"), Tasks.START);
        String thenTask = action(thens.get("action"), Tasks.START);
        if (inverse) {
            firstTask = Tasks.inverse(firstTask);
            thenTask = Tasks.inverse(thenTask);
            if (firstTask.isEmpty() || thenTask.isEmpty()) {
                return;
            }
        }
        int flags = inverse ? manner.inverseFlags() : manner.flags(firstTask);
        List<Resource> first = references.resources(firsts);
        List<Resource> then = references.resources(thens);
        if (first.isEmpty() || then.isEmpty()) {
            return;
        }
        boolean any = firsts.get("require-all") != null && !Text.isTrue(firsts.get("require-all"));
        boolean down = firstTask.equals(Tasks.STOP) || firstTask.equals(Tasks.DEMOTE);
        if (any && !down) {
            oneOrMore(firsts, first, firstTask, then, thenTask, flags);
            return;
        }
        for (Resource one : saysSequential(firsts) ? List.of(inverse ? first.get(0) : last(first)) : first) {
            for (Resource other : saysSequential(thens) ? List.of(inverse ? last(then) : then.get(0)) : then) {
                model.order(one, firstTask, other, thenTask, flags);
            }
        }
    }

    private void oneOrMore(
            ResourceSet set, List<Resource> first, String firstTask, List<Resource> then, String thenTask, int flags) {
        Action enough = model.actions.pseudo("one-or-more:" + set.id());
        enough.requiredRunnable = 1;
        for (Resource one : first) {
            model.order(one, firstTask, enough, Order.MINIMUM_RUNNABLE | Order.FIRST_IMPLIES_THEN_SHOWN);
        }
        for (Resource other : then) {
            model.order(enough, other, thenTask, flags | Order.UNRUNNABLE_FIRST_BLOCKS);
        }
    }

    private static Resource last(List<Resource> resources) {
        return resources.get(resources.size() - 1);
    }
}
