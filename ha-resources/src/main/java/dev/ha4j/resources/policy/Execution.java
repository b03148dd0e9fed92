package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.PolicyInput;
import dev.ha4j.resources.config.Status;
import dev.ha4j.resources.policy.Plan.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Carries a plan out on paper: what would be observed if every step did what is expected of it, or failed as told. */
public final class Execution {
    private final Observations observed;
    private final OperationRecording recording;
    private final List<OperationResult> failures;
    private final List<Integer> begun = new ArrayList<>();
    private Optional<OperationResult> failed = Optional.empty();

    private Execution(PolicyInput input, Instant now, List<OperationResult> failures) {
        this.failures = failures;
        observed = new Observations(input);
        recording = new OperationRecording(input, PolicyEngine.unpacked(input, now), now, observed);
    }

    /**
     * How a plan was carried out.
     *
     * @param after the input as it would be then
     * @param begun indexes of the steps in the order in which they were begun; the last one failed if one did
     * @param failed the failure that ended it
     */
    public record Result(PolicyInput after, List<Integer> begun, Optional<OperationResult> failed) {}

    /** The input as it would be after the plan. */
    public static PolicyInput run(PolicyInput input, Plan plan, Instant now) {
        return run(input, plan, now, List.of()).after();
    }

    /** Carries the plan out until a step comes up that is to fail; that ends it. */
    public static Result run(PolicyInput input, Plan plan, Instant now, List<OperationResult> failures) {
        Execution execution = new Execution(input, now, failures);
        execution.run(plan.steps());
        Status status = new Status(execution.observed.nodes(), input.status().tickets());
        return new Result(input.withStatus(status), List.copyOf(execution.begun), execution.failed);
    }

    /** Each pass begins, in order, what waits for nothing any more. */
    private void run(List<Step> steps) {
        boolean[] done = new boolean[steps.size()];
        boolean progress = true;
        while (progress) {
            progress = false;
            for (int i = 0; i < done.length && failed.isEmpty(); i++) {
                if (!done[i] && steps.get(i).after().stream().allMatch(before -> done[before])) {
                    begun.add(i);
                    begin(steps.get(i));
                    done[i] = true;
                    progress = true;
                }
            }
        }
    }

    private void begin(Step step) {
        String node = step.node();
        if (node == null) {
            return;
        }
        if (step.kind() == Plan.Kind.CLUSTER
                && step.task().equals(Tasks.FENCE)
                && !step.key().endsWith("-on")) {
            fence(node);
        } else if (step.kind() == Plan.Kind.RESOURCE && !step.task().equals(Tasks.DELETE)) {
            failed = failures.stream().filter(failure -> failure.isOf(step)).findFirst();
            recording.record(step, node, failed.map(OperationResult::returnCode).orElse(step.targetRc()));
        }
    }

    private void fence(String node) {
        int index = observed.indexOf(node);
        observed.forget(index);
        observed.setPresence(index, Observations.DOWN);
    }
}
