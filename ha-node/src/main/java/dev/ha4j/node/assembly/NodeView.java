package dev.ha4j.node.assembly;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.ClusterConfig;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.report.NodePhase;
import dev.ha4j.api.report.NodeReport;
import dev.ha4j.api.report.PlanReport;
import dev.ha4j.api.report.RehearsalReport;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.Unblocking;
import dev.ha4j.controller.Forecast;
import dev.ha4j.controller.Request;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** What a node knows, and what follows from that. It is told on the controller's loop, and answers any thread. */
final class NodeView {

    private final ClusterConfig config;
    private final NodeSpec self;
    private final LongSupplier wallMillis;
    private final RingSeat seat;
    private final FenceRunner fences;
    private final QuorumView quorum;
    private final Outlook outlook = new Outlook();

    private volatile ClusterState state;
    private volatile Optional<RehearsalReport> rehearsal = Optional.empty();

    NodeView(
            ClusterConfig config,
            NodeSpec self,
            LongSupplier wallMillis,
            RingSeat seat,
            FenceRunner fences,
            QuorumView quorum) {
        this.config = config;
        this.self = self;
        this.wallMillis = wallMillis;
        this.seat = seat;
        this.fences = fences;
        this.quorum = quorum;
        this.state = ClusterState.initial(config.policy());
    }

    void stateChanged(ClusterState newState) {
        state = newState;
    }

    void rehearsed(RehearsalReport report) {
        rehearsal = Optional.of(report);
    }

    ClusterState state() {
        return state;
    }

    NodeReport report(NodePhase phase) {
        ClusterState now = state;
        return new NodeReporter(
                        self.id(),
                        phase,
                        now,
                        quorum.report(now.policy()),
                        quorum.counted(),
                        seat.report(),
                        seat.network(),
                        config.ring(),
                        seat.undeliveredBytes(),
                        problems(now),
                        wallMillis.getAsLong(),
                        fences.reports(),
                        rehearsal,
                        outlook.blocked(now))
                .report();
    }

    private List<String> problems(ClusterState now) {
        List<String> problems = seat.problems();
        quorum.deviceProblem(now).ifPresent(problems::add);
        now.voters().unblocking().ifPresent(word -> problems.add(unblocked(word, now)));
        if (config.authKey().isInsecure()) {
            problems.add("the ring is insecure: whoever reaches it can speak as any node");
        }
        return problems;
    }

    private static String unblocked(Unblocking word, ClusterState now) {
        String without = word.absent().stream().map(now.policy()::nameOf).collect(Collectors.joining(", "));
        return "the cluster goes on at the word of " + word.by() + (word.forced() ? ", by force" : "")
                + (now.voters().isUnblocked()
                        ? ", until " + Instant.ofEpochMilli(word.untilMillis()) + " at the latest"
                        : ", whose time is over")
                + (without.isEmpty() ? "" : "; not back yet: " + without);
    }

    /** See {@link NodeAssembly#simulate}. */
    PlanReport simulate(ClusterState from, List<Request> changes, Set<NodeId> lost) {
        ClusterState now = from.quorate() == quorum.quorate()
                ? from
                : from.change().quorate(quorum.quorate()).build();
        PlanReport plan = new PlanReporter(now.policy()).report(Forecast.of(now, changes, lost));
        return quorum.quorate() ? plan : PlanReport.nothing(quorum.explanation());
    }
}
