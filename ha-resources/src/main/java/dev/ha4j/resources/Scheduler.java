package dev.ha4j.resources;

import dev.ha4j.api.state.ClusterState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Decides where resources should be and how to get there. May be called from any thread. */
public final class Scheduler {

    private Scheduler() {}

    /**
     * Plans from a snapshot. Equal arguments give equal transitions; a state in which all is as it should be gives an empty
     * one. Without quorum nothing is planned.
     *
     * @param state all that is known
     * @param now wall time for the expiry of failures, never before {@link ClusterState#wallMillis()}
     */
    public static Transition plan(ClusterState state, Instant now) {
        if (!state.quorate()) {
            return new Transition(state.version(), List.of(), Optional.empty(), List.of(), Placement.NONE);
        }
        ClusterModel model = Unpack.model(state, now);
        Failures failures = new Failures(model);
        new NodeCriteria(model, failures).apply();
        new Assignment(model).run();
        createActions(model, failures);
        new Orderings(model).create();
        new Propagation().run(model.steps);
        Recurring.dropNeedless(model);
        new Departures(model).create();
        return transition(model);
    }

    private static void createActions(ClusterModel model, Failures failures) {
        List<PrimitiveModel> leaves = model.leaves();
        leaves.forEach(leaf -> new ResourceActions(model, leaf).create());
        leaves.forEach(leaf -> new Recurring(model, leaf).create());
        leaves.forEach(leaf -> new ResourceActions(model, leaf).awaitRunning());
        new Probes(model).create();
        new Fencing(model).create();
        failures.clear();
    }

    private static Transition transition(ClusterModel model) {
        List<PlannedAction> actions = new GraphWriter(model).write();
        Explanation explanation = new Explanation(model);
        explanation.blockages();
        Optional<Instant> recheckAt = model.recheckAt();
        List<Blockage> blocked = model.blockages.list();
        return new Transition(model.state.version(), actions, recheckAt, blocked, explanation.placement());
    }
}
