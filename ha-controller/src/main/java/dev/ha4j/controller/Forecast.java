package dev.ha4j.controller;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.NodeStatus;
import dev.ha4j.api.state.Presence;
import dev.ha4j.api.state.RequestId;
import dev.ha4j.controller.command.Result;
import dev.ha4j.controller.command.StateCommand.Ask;
import dev.ha4j.controller.command.StateMachine;
import dev.ha4j.resources.Scheduler;
import dev.ha4j.resources.Transition;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What the cluster would do if something were asked of it, or nodes were lost. Changes nothing; may be called from any thread. */
public final class Forecast {

    private Forecast() {}

    /**
     * The next plan from this state, changed in this way.
     *
     * @param requests as if they were carried out, one after the other
     * @param lost nodes that vanish then
     * @throws IllegalArgumentException if one of the requests would be refused, with the reason
     */
    public static Transition of(ClusterState state, List<Request> requests, Set<NodeId> lost) {
        ClusterState changed = state;
        for (Request request : requests) {
            changed = carriedOut(changed, request);
        }
        for (NodeId node : lost) {
            UnaryOperator<NodeStatus> vanish = status -> status.isMember() ? status.gone(Presence.LOST) : status;
            changed = changed.change().node(node, vanish).build();
        }
        return new Scheduler().explain(changed, Instant.ofEpochMilli(changed.wallMillis()));
    }

    private static ClusterState carriedOut(ClusterState state, Request request) {
        RequestId unused = new RequestId(0, state.version().index());
        NodeId anybody = state.policy().nodes().get(0).id();
        Result result = StateMachine.apply(state, anybody, new Ask(unused, request));
        if (result instanceof Result.Applied applied) {
            String refusal = applied.state()
                    .requests()
                    .answer(unused)
                    .map(answer -> answer.refusal())
                    .orElse("");
            if (refusal.isEmpty()) {
                return applied.state();
            }
            throw new IllegalArgumentException("this would be refused: " + refusal);
        }
        throw new IllegalArgumentException("this would be refused: " + result);
    }
}
