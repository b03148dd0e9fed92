package dev.ha4j.resources;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.Score;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.config.OperationSpec;
import dev.ha4j.api.state.Intent;
import dev.ha4j.api.state.OperationKey;
import dev.ha4j.api.state.OperationRecord;
import dev.ha4j.api.state.ParameterDigests;
import dev.ha4j.api.state.ReturnCode;
import dev.ha4j.resources.policy.Decision;
import dev.ha4j.resources.policy.Place;
import dev.ha4j.resources.policy.Plan;
import dev.ha4j.resources.policy.Plan.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes a transition of a plan. Events hand on what they wait for; steps behind one that is under way are left out, and so are
 * steps in a circle of orders.
 */
final class TransitionWriter {

    private final Translation translation;
    private final Decision decision;
    private final List<Step> steps;
    private final Words words;
    private final Grants grants;
    private final Announcements announcements;
    private final Map<String, List<Place>> places = new LinkedHashMap<>();
    private final List<SortedSet<Integer>> inputs = new ArrayList<>();
    private final List<PlannedAction> actions = new ArrayList<>();

    /** By step, the actions that stand for it; none for one in a circle. */
    private final Map<Integer, SortedSet<Integer>> reached = new LinkedHashMap<>();

    /** Steps that have to wait for another plan. */
    private final boolean[] held;

    TransitionWriter(Translation translation, Decision decision) {
        this.translation = translation;
        this.decision = decision;
        this.steps = decision.plan().steps();
        this.words = new Words(translation, decision);
        this.grants = new Grants(translation, steps);
        this.announcements = new Announcements(translation, steps);
        this.held = new boolean[steps.size()];
        decision.places()
                .forEach(place -> places.computeIfAbsent(place.name(), name -> new ArrayList<>(1))
                        .add(place));
    }

    List<PlannedAction> write() {
        for (int i = 0; i < steps.size(); i++) {
            inputs.add(new TreeSet<>(steps.get(i).after()));
            inputs.get(i).addAll(grants.predecessors(i));
        }
        announceLast();
        List<Integer> order = order();
        Arrays.fill(held, true);
        order.forEach(index -> held[index] = hasToWait(index));
        order.forEach(this::visit);
        reportCircles();
        departures();
        return actions;
    }

    /** Who hears that somebody takes a role hears it when every other holder is over. */
    private void announceLast() {
        for (int i = 0; i < steps.size(); i++) {
            for (int announced : announcements.announcedBy(steps.get(i))) {
                inputs.get(i).addAll(grants.predecessors(announced));
            }
        }
    }

    /** All steps but those in a circle and behind it, each after its inputs. */
    private List<Integer> order() {
        int[] missing = new int[steps.size()];
        Map<Integer, List<Integer>> followers = new LinkedHashMap<>();
        PriorityQueue<Integer> ready = new PriorityQueue<>();
        for (int i = 0; i < steps.size(); i++) {
            missing[i] = inputs.get(i).size();
            for (int input : inputs.get(i)) {
                followers.computeIfAbsent(input, key -> new ArrayList<>()).add(i);
            }
            if (missing[i] == 0) {
                ready.add(i);
            }
        }
        List<Integer> order = new ArrayList<>(steps.size());
        while (!ready.isEmpty()) {
            int index = ready.remove();
            order.add(index);
            for (int follower : followers.getOrDefault(index, List.of())) {
                if (--missing[follower] == 0) {
                    ready.add(follower);
                }
            }
        }
        return order;
    }

    private boolean hasToWait(int index) {
        return isUnderWay(steps.get(index))
                || grants.isRefused(index)
                || inputs.get(index).stream().anyMatch(input -> held[input]);
    }

    private void visit(int index) {
        TreeSet<Integer> after = new TreeSet<>();
        inputs.get(index).forEach(input -> after.addAll(Objects.requireNonNull(reached.get(input))));
        Step step = steps.get(index);
        Optional<Action> action = held[index] ? Optional.empty() : action(step);
        if (action.isPresent()) {
            int id = actions.size();
            actions.add(new PlannedAction(id, action.get(), after, priority(step)));
            reached.put(index, new TreeSet<>(List.of(id)));
        } else {
            reached.put(index, after);
        }
    }

    /** Whether the step was ordered before: the engine says so, or it is a probe. */
    private boolean isUnderWay(Step step) {
        if (step.underWay()) {
            return true;
        }
        Optional<OperationName> operation = operation(step);
        if (operation.isEmpty() || step.intervalMillis() != 0 || step.kind() != Plan.Kind.RESOURCE) {
            return false;
        }
        OperationKey key = new OperationKey(nodeOf(step), resourceOf(step), operation.get(), 0);
        return translation
                .state
                .history()
                .get(key)
                .filter(OperationRecord::isPending)
                .isPresent();
    }

    private NodeId nodeOf(Step step) {
        return Objects.requireNonNull(translation.nodesByName.get(Objects.requireNonNull(step.node())));
    }

    private static String resourceOf(Step step) {
        return Objects.requireNonNull(step.resource());
    }

    /** What is done with a resource; none for what only the cluster does. */
    static Optional<OperationName> operation(Step step) {
        return switch (step.task()) {
            case "start" -> Optional.of(OperationName.START);
            case "stop" -> Optional.of(OperationName.STOP);
            case "promote" -> Optional.of(OperationName.PROMOTE);
            case "demote" -> Optional.of(OperationName.DEMOTE);
            case "monitor" -> Optional.of(OperationName.MONITOR);
            case "migrate_to" -> Optional.of(OperationName.MIGRATE_TO);
            case "migrate_from" -> Optional.of(OperationName.MIGRATE_FROM);
            case "reload-agent" -> Optional.of(OperationName.RELOAD);
            case "notify" -> Optional.of(OperationName.NOTIFY);
            default -> Optional.empty();
        };
    }

    private int priority(Step step) {
        if (step.task().equals("stonith")) {
            return Score.MAX;
        }
        return primitive(step).map(ConfiguredPrimitive::priority).orElse(0);
    }

    private Optional<ConfiguredPrimitive> primitive(Step step) {
        return Optional.ofNullable(step.resource()).flatMap(translation::primitive);
    }

    /** What is to be ordered for a step; nothing for an event, and for forgetting what the state forgets by itself. */
    private Optional<Action> action(Step step) {
        if (step.kind() == Plan.Kind.PSEUDO) {
            return Optional.empty();
        }
        return switch (step.task()) {
            case "stonith" -> Optional.of(new Action.Fence(nodeOf(step), words.fencing(step)));
            case "cancel" -> Optional.of(new Action.Cancel(nodeOf(step), resourceOf(step), step.intervalMillis()));
            case "clear_failcount" -> Optional.of(new Action.ClearFailures(nodeOf(step), resourceOf(step)));
            case "notify" ->
                announcements.intent(step, nodeOf(step), index -> held[index]).map(intent -> announce(step, intent));
            default -> operation(step).map(operation -> operate(step, operation));
        };
    }

    private Action announce(Step step, Intent intent) {
        return new Action.Announce(nodeOf(step), resourceOf(step), intent, timeout(step, OperationName.NOTIFY));
    }

    private Action operate(Step step, OperationName operation) {
        Optional<Plan.Settings> settings = Optional.ofNullable(step.settings());
        return new Action.Operate(
                nodeOf(step),
                resourceOf(step),
                operation,
                step.intervalMillis(),
                timeout(step, operation),
                expected(step),
                primitive(step)
                        .filter(primitive -> primitive.takesTerm(operation))
                        .isPresent(),
                settings.map(told -> new TreeMap<>(told.parameters())).orElseGet(TreeMap::new),
                settings.map(told -> digests(step, told)).orElse(ParameterDigests.NONE),
                peer(step, operation),
                place(step)
                        .map(place -> words.reason(step, place, Objects.requireNonNull(step.node())))
                        .orElse(""));
    }

    private Optional<NodeId> peer(Step step, OperationName operation) {
        return switch (operation) {
            case MIGRATE_TO -> Optional.ofNullable(step.target()).map(translation.nodesByName::get);
            case MIGRATE_FROM -> Optional.ofNullable(step.source()).map(translation.nodesByName::get);
            default -> Optional.empty();
        };
    }

    private ParameterDigests digests(Step step, Plan.Settings settings) {
        Set<String> reloadable = primitive(step)
                .<Set<String>>map(primitive -> primitive.spec().reloadable())
                .orElse(Set.of());
        return new ParameterDigests(settings.digest(), settings.digestWithout(reloadable));
    }

    /** Of the instances of a clone, the one that has to do with the node. */
    private Optional<Place> place(Step step) {
        return places.getOrDefault(resourceOf(step), List.of()).stream()
                .max(Comparator.comparing((Place place) -> isConcerned(place, step.node()))
                        .thenComparing(place -> place.instance().equals(step.longId())));
    }

    private static boolean isConcerned(Place place, @Nullable String node) {
        return Objects.equals(place.node(), node)
                || (node != null && place.activeOn().contains(node));
    }

    private static ReturnCode expected(Step step) {
        return switch (step.targetRc()) {
            case 7 -> ReturnCode.NOT_RUNNING;
            case 8 -> ReturnCode.RUNNING_PROMOTED;
            default -> ReturnCode.OK;
        };
    }

    /** A probe without a timeout of its own has that of the most frequent monitor. */
    private Duration timeout(Step step, OperationName operation) {
        List<OperationSpec> specs =
                primitive(step).map(primitive -> primitive.spec().operations()).orElse(List.of());
        Optional<OperationSpec> spec = specs.stream()
                .filter(each -> each.name() == operation && each.interval().toMillis() == step.intervalMillis())
                .findFirst();
        if (spec.isEmpty() && operation == OperationName.MONITOR) {
            spec = specs.stream()
                    .filter(each -> each.name() == OperationName.MONITOR && each.isRecurring())
                    .min(Comparator.comparing(OperationSpec::interval));
        }
        return spec.flatMap(OperationSpec::timeout)
                .orElse(translation.state.policy().options().defaultTimeout());
    }

    private void reportCircles() {
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (!reached.containsKey(i) && step.kind() == Plan.Kind.RESOURCE && step.resource() != null) {
                translation.blockages.add(
                        step.resource(),
                        "the " + step.task().toLowerCase(Locale.ROOT) + " of " + step.resource() + " on " + step.node()
                                + " waits for itself: the orders form a circle");
            }
        }
    }

    /** Lets nodes go that asked to leave, once nothing is active there any more. */
    private void departures() {
        translation.nodes.forEach((id, name) -> {
            boolean leaves = translation.state.node(id).isMember()
                    && translation.state.node(id).leaving();
            if (leaves && !words.unavailable(name).equals("to be fenced") && isGettingFree(name)) {
                depart(id, name);
            }
        });
    }

    private boolean isGettingFree(String node) {
        boolean free = true;
        for (Place place : decision.places()) {
            boolean stays = place.activeOn().contains(node)
                    && steps.stream()
                            .noneMatch(step -> step.task().equals("stop")
                                    && node.equals(step.node())
                                    && place.name().equals(step.resource()));
            if (stays) {
                String name = place.name();
                translation.blockages.add(name, "node " + node + " can't leave: " + name + " is active there");
                free = false;
            }
        }
        return free;
    }

    private void depart(NodeId id, String node) {
        TreeSet<Integer> after = new TreeSet<>();
        for (int i = 0; i < steps.size(); i++) {
            if (node.equals(steps.get(i).node())) {
                if (held[i]) {
                    return;
                }
                after.addAll(Objects.requireNonNull(reached.get(i)));
            }
        }
        actions.add(new PlannedAction(actions.size(), new Action.Dismiss(id), after, 0));
    }
}
