package dev.ha4j.resources;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.resources.policy.Plan;
import dev.ha4j.resources.policy.Plan.Step;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Asks of each step that takes an exclusive role what will be asked again when the term is granted: is every other node that may
 * have the role over by then? What the plan does on such a node has to come first; if it does nothing there, the step is left out.
 */
final class Grants {

    private final Translation translation;
    private final List<Step> steps;
    private final Map<String, List<Integer>> byPlace = new LinkedHashMap<>();
    private final Map<Integer, SortedSet<Integer>> predecessors = new TreeMap<>();
    private final Set<Integer> refused = new LinkedHashSet<>();

    Grants(Translation translation, List<Step> steps) {
        this.translation = translation;
        this.steps = steps;
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (step.node() != null) {
                byPlace.computeIfAbsent(key(step.resource(), step.node()), key -> new java.util.ArrayList<>(4))
                        .add(i);
            }
        }
        for (int i = 0; i < steps.size(); i++) {
            check(i);
        }
    }

    private static String key(@org.jspecify.annotations.Nullable String resource, String node) {
        return (resource == null ? "" : resource) + "@" + node;
    }

    SortedSet<Integer> predecessors(int step) {
        return predecessors.getOrDefault(step, new TreeSet<>());
    }

    boolean isRefused(int step) {
        return refused.contains(step);
    }

    private void check(int index) {
        Step step = steps.get(index);
        Optional<OperationName> operation = TransitionWriter.operation(step);
        Optional<ConfiguredPrimitive> primitive =
                Optional.ofNullable(step.resource()).flatMap(translation::primitive);
        if (primitive.isPresent()
                && step.kind() == Plan.Kind.RESOURCE
                && !step.underWay()
                && operation.isPresent()
                && primitive.get().takesRole(operation.get())) {
            check(index, step, primitive.get());
        }
    }

    private void check(int index, Step step, ConfiguredPrimitive primitive) {
        String resource = Objects.requireNonNull(step.resource());
        TreeSet<Integer> before = new TreeSet<>();
        int others = 0;
        for (Map.Entry<NodeId, String> node : translation.nodes.entrySet()) {
            if (!node.getValue().equals(step.node()) && mayBeActive(node.getKey(), primitive, resource)) {
                List<Integer> ends =
                        ends(node.getValue(), resource, node.getValue().equals(step.source()));
                before.addAll(ends);
                others += ends.isEmpty() ? 1 : 0;
            }
        }
        predecessors.put(index, before);
        if (others >= primitive.holders()) {
            refused.add(index);
        }
    }

    private boolean mayBeActive(NodeId node, ConfiguredPrimitive primitive, String resource) {
        var status = translation.state.node(node);
        if (!status.isMember()) {
            return Exclusivity.isThreat(
                    translation.state, node, resource, primitive.spec().meta());
        }
        LastRole role = translation.histories.role(node, resource);
        return switch (role) {
            case UNKNOWN -> status.implemented().contains(primitive.name());
            case STOPPED, HANDED_OVER -> false;
            case STARTED -> primitive.takesRole(OperationName.START);
            case PROMOTED -> true;
        };
    }

    /**
     * Steps after which the primitive is known not to have the role on the node. Who comes from there waits for the other side to let
     * go: that is stopped later.
     */
    private List<Integer> ends(String node, String resource, boolean letsGo) {
        List<Integer> ends = new java.util.ArrayList<>();
        for (int i : byPlace.getOrDefault(key(resource, node), List.of())) {
            switch (steps.get(i).task()) {
                case "stop", "demote" -> addIf(!letsGo, i, ends);
                case "migrate_to" -> addIf(letsGo, i, ends);
                case "monitor" -> addProbe(i, ends);
                default -> {}
            }
        }
        for (int i : byPlace.getOrDefault(key(null, node), List.of())) {
            if (steps.get(i).task().equals("stonith")) {
                ends.add(i);
            }
        }
        return ends;
    }

    private static void addIf(boolean condition, int index, List<Integer> ends) {
        if (condition) {
            ends.add(index);
        }
    }

    private void addProbe(int index, List<Integer> ends) {
        if (steps.get(index).intervalMillis() == 0) {
            ends.add(index);
        }
    }
}
