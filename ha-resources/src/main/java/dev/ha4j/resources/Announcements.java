package dev.ha4j.resources;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.state.Intent;
import dev.ha4j.api.state.OperationKey;
import dev.ha4j.api.state.OperationRecord;
import dev.ha4j.api.state.OperationStatus;
import dev.ha4j.resources.policy.Plan;
import dev.ha4j.resources.policy.Plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/**
 * Of the notices that the engine plans, those before an operation are carried out as it orders them. A plan announces what it does, and
 * not what has to wait for another plan: so each operation is announced once, and once more only where a plan was given up between its
 * announcement and the operation. Notices after an operation are none of the plan's: each node tells its own instance what it finds done
 * in the state, and an instance hears one thing after another, so that it has heard what is past before it can answer to what is to come.
 */
final class Announcements {

    private final Translation translation;
    private final List<Step> steps;

    /** By resource and task, the steps that are announced. */
    private final Map<String, List<Integer>> announced = new TreeMap<>();

    Announcements(Translation translation, List<Step> steps) {
        this.translation = translation;
        this.steps = steps;
        steps.stream()
                .flatMap(step -> step.announces().stream().map(task -> about(step, task)))
                .forEach(about -> announced.put(about, new ArrayList<>()));
        for (int i = 0; i < steps.size() && !announced.isEmpty(); i++) {
            Step step = steps.get(i);
            if (step.kind() == Plan.Kind.RESOURCE) {
                announced
                        .getOrDefault(about(step, step.task()), new ArrayList<>())
                        .add(i);
            }
        }
    }

    private static String about(Step step, String task) {
        return step.resource() + " " + task;
    }

    /** The steps of which an instance hears by this one. */
    List<Integer> announcedBy(Step step) {
        return step.announces()
                .map(task -> announced.getOrDefault(about(step, task), List.of()))
                .orElse(List.of());
    }

    /**
     * What is to be told with this step; nothing of what is past, to who does not listen, and of what will not be done.
     *
     * @param held whether a step has to wait for another plan
     */
    Optional<Intent> intent(Step step, NodeId listener, IntPredicate held) {
        if (isGivenUp(listener, Objects.requireNonNull(step.resource()))) {
            return Optional.empty();
        }
        TreeSet<NodeId> nodes = new TreeSet<>();
        for (int index : announcedBy(step)) {
            if (!held.test(index)) {
                nodes.add(Objects.requireNonNull(
                        translation.nodesByName.get(steps.get(index).node())));
            }
        }
        return nodes.isEmpty()
                ? Optional.empty()
                : step.announces().map(task -> new Intent(OperationName.valueOf(task.toUpperCase(Locale.ROOT)), nodes));
    }

    /** Who is at work is not waited for; nor is who did not answer in time, before anything else has gone well there. */
    private boolean isGivenUp(NodeId listener, String resource) {
        boolean givenUp = false;
        for (Map.Entry<OperationKey, OperationRecord> run : translation.histories.of(listener, resource)) {
            boolean once = run.getKey().intervalMillis() == 0;
            OperationStatus status = run.getValue().status();
            if (once && status == OperationStatus.PENDING) {
                return true;
            }
            if (run.getKey().isNotice()) {
                givenUp = status == OperationStatus.TIMED_OUT;
            } else if (once && status == OperationStatus.DONE) {
                givenUp = false;
            }
        }
        return givenUp;
    }
}
