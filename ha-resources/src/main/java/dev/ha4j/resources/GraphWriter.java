package dev.ha4j.resources;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.Role;
import dev.ha4j.api.Score;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.config.OperationSpec;
import dev.ha4j.api.state.ReturnCode;
import dev.ha4j.resources.Relation.Effect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeSet;

/**
 * The last phase: what is required and can be done becomes the graph. Steps after one that is under way are left out; so are
 * steps in a circle of orders.
 */
final class GraphWriter {

    private final ClusterModel model;
    private final Map<Step, Integer> missing = new LinkedHashMap<>();
    private final Map<Step, Node> nodes = new LinkedHashMap<>();
    private final List<PlannedAction> actions = new ArrayList<>();

    /** What a step that was reached came to: the actions that stand for it, and whether it has to wait for another plan. */
    private record Node(TreeSet<Integer> ids, boolean held) {}

    GraphWriter(ClusterModel model) {
        this.model = model;
    }

    List<PlannedAction> write() {
        PriorityQueue<Step> ready = new PriorityQueue<>(Comparator.comparingInt((Step step) -> step.number));
        for (Step step : model.steps.all) {
            int inputs = (int) step.before.stream().filter(GraphWriter::counts).count();
            missing.put(step, inputs);
            if (inputs == 0) {
                ready.add(step);
            }
        }
        while (!ready.isEmpty()) {
            Step step = ready.remove();
            visit(step);
            for (Relation relation : step.after) {
                if (counts(relation) && missing.merge(relation.then(), -1, Integer::sum) == 0) {
                    ready.add(relation.then());
                }
            }
        }
        reportCircles();
        return actions;
    }

    private static boolean counts(Relation relation) {
        return relation.has(Effect.ORDER) && isIn(relation.first()) && isIn(relation.then());
    }

    /** Points without an action of their own hand on what they wait for; what is under way is waited for. */
    private static boolean isIn(Step step) {
        return step.kind == Step.Kind.PSEUDO || step.inFlight || step.isInGraph();
    }

    private void visit(Step step) {
        TreeSet<Integer> after = new TreeSet<>();
        boolean held = step.inFlight;
        for (Relation relation : step.before) {
            if (counts(relation)) {
                Node input = Objects.requireNonNull(nodes.get(relation.first()));
                after.addAll(input.ids);
                held |= input.held;
            }
        }
        if (!held && step.isInGraph() && !step.covered && step.kind != Step.Kind.PSEUDO) {
            int id = actions.size();
            actions.add(new PlannedAction(id, action(step), after, priority(step)));
            after = new TreeSet<>(List.of(id));
        }
        nodes.put(step, new Node(after, held));
    }

    private static int priority(Step step) {
        if (step.kind == Step.Kind.FENCE) {
            return Score.MAX;
        }
        return step.leaf == null ? 0 : step.leaf.priority();
    }

    private Action action(Step step) {
        NodeId node = Objects.requireNonNull(step.node).id;
        return switch (step.kind) {
            case FENCE -> new Action.Fence(node, step.reason);
            case CANCEL -> new Action.Cancel(node, step.resource, step.intervalMillis);
            case CLEAR_FAILURES -> new Action.ClearFailures(node, step.resource);
            case DISMISS -> new Action.Dismiss(node);
            case PSEUDO -> new Action.Pseudo(step.resource);
            case OPERATE -> operate(step, node);
        };
    }

    private Action operate(Step step, NodeId node) {
        PrimitiveModel leaf = Objects.requireNonNull(step.leaf);
        return new Action.Operate(
                node,
                step.resource,
                step.operation,
                step.intervalMillis,
                timeout(leaf, step),
                expected(leaf, step),
                isExclusive(leaf, step.operation),
                step.reason);
    }

    /** A probe without a timeout of its own has that of the most frequent monitor. */
    private Duration timeout(PrimitiveModel leaf, Step step) {
        Optional<OperationSpec> spec = History.find(leaf.spec.operations(), step.operation, step.intervalMillis);
        if (spec.isEmpty() && step.operation == OperationName.MONITOR) {
            spec = leaf.spec.operations().stream()
                    .filter(operation -> operation.name() == OperationName.MONITOR && operation.isRecurring())
                    .min(Comparator.comparing(OperationSpec::interval));
        }
        return spec.flatMap(OperationSpec::timeout).orElse(model.options.defaultTimeout());
    }

    private static ReturnCode expected(PrimitiveModel leaf, Step step) {
        if (step.operation != OperationName.MONITOR) {
            return ReturnCode.OK;
        }
        if (step.intervalMillis == 0) {
            return ReturnCode.NOT_RUNNING;
        }
        return leaf.next == Role.PROMOTED ? ReturnCode.RUNNING_PROMOTED : ReturnCode.OK;
    }

    /** Of a role that several nodes may have at one time no term can be granted. */
    private static boolean isExclusive(PrimitiveModel leaf, OperationName operation) {
        boolean several =
                leaf.inClone().filter(clone -> clone.options.promotedMax() > 1).isPresent();
        return !several && leaf.exclusiveOperation().equals(Optional.of(operation));
    }

    private void reportCircles() {
        for (Step step : model.steps.all) {
            if (step.isInGraph() && !nodes.containsKey(step) && step.kind != Step.Kind.PSEUDO) {
                model.blockages.add(step.resource, "the " + step + " waits for itself: the orders form a circle");
            }
        }
    }
}
