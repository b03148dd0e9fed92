package dev.ha4j.node.assembly;

import dev.ha4j.api.report.NodeEvent.Kind;
import dev.ha4j.api.report.NodePhase;
import dev.ha4j.api.report.NodePhase.Name;
import dev.ha4j.controller.Controller;
import dev.ha4j.controller.lease.NodeLease;
import dev.ha4j.node.environment.NodeEnvironment;
import dev.ha4j.runtime.EventLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The life of a node, on the controller's loop. Its phase may be asked for by any thread.
 *
 * <pre>
 *   STARTING -> RUNNING -> LEAVING -> STOPPED
 *       '----------'----- stop ---------^
 * </pre>
 */
final class NodeLife {

    private static final Duration SCHEDULING_SLACK = Duration.ofSeconds(1);

    private final NodeEnvironment environment;
    private final EventLoop loop;
    private final NodeView view;
    private final QuorumView quorum;
    private final RingSeat seat;
    private final Controller controller;
    private final ResourceRunner resources;
    private final FenceRunner fences;
    private final ReplaceableDevice device;
    private final NodeLease lease;
    private final Timeline timeline;
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile NodePhase phase = NodePhase.of(Name.STARTING);

    NodeLife(
            NodeEnvironment environment,
            NodeView view,
            QuorumView quorum,
            RingSeat seat,
            Controller controller,
            ResourceRunner resources,
            FenceRunner fences,
            ReplaceableDevice device,
            NodeLease lease,
            Timeline timeline) {
        this.environment = environment;
        this.loop = environment.controllerLoop();
        this.view = view;
        this.quorum = quorum;
        this.seat = seat;
        this.controller = controller;
        this.resources = resources;
        this.fences = fences;
        this.device = device;
        this.lease = lease;
        this.timeline = timeline;
    }

    NodePhase phase() {
        return phase;
    }

    boolean isRunning() {
        return phase.name() == Name.RUNNING;
    }

    // ---- the beginning

    /** Reads the disk, and joins the others; from any thread. Done when the node is on its way to them, or has failed. */
    CompletionStage<Void> start() {
        environment.diskExecutor().execute(() -> {
            try {
                seat.load();
                loop.execute(() -> controller.start(this::join));
            } catch (IOException e) {
                loop.execute(() -> stop("the state directory can't be used: " + e.getMessage()));
            }
        });
        return started;
    }

    private void join() {
        if (phase.isOver()) {
            return;
        }
        Optional<String> problem = seat.take();
        if (problem.isPresent()) {
            stop(problem.get());
            return;
        }
        phase = NodePhase.of(Name.RUNNING);
        seat.begin(controller.state());
        fences.checkAll();
        timeline.tell(Kind.NODE, "started as " + environment.incarnation());
        started.complete(null);
    }

    // ---- an orderly end

    /** See {@link NodeAssembly#leave}; from any thread. */
    CompletionStage<Void> leave(Duration limit) {
        loop.execute(() -> leaveOnLoop(limit));
        return ended;
    }

    private void leaveOnLoop(Duration limit) {
        if (phase.name() == Name.STARTING) {
            stop("closed before it had started");
        } else if (isRunning()) {
            phase = NodePhase.of(Name.LEAVING);
            timeline.tell(Kind.NODE, "leaving");
            loop.schedule(
                    limit.toNanos(), () -> stopLocally("the hand-over took longer than " + limit.toSeconds() + " s"));
            loop.schedule(2 * limit.toNanos(), () -> stop("left, though not everything could be stopped"));
            if (quorum.quorate()) {
                controller.leave(this::sayGoodBye);
            } else {
                stopLocally("the node leaves, without quorum");
            }
        }
    }

    /** The cluster has no place for this node any more. */
    void removed() {
        if (isRunning()) {
            phase = NodePhase.of(Name.LEAVING);
            timeline.tell(Kind.NODE, "leaving, for it was removed from the cluster");
            stopLocally("removed from the cluster");
        }
    }

    private void stopLocally(String reason) {
        if (!phase.isOver()) {
            resources.stopAll(reason, still -> sayGoodBye());
        }
    }

    private void sayGoodBye() {
        if (!phase.isOver()) {
            seat.leave();
        }
    }

    /** How long {@link #leave} takes at most, even if nothing can be stopped. */
    Duration leavesWithin(Duration limit) {
        Duration lastWord = lease.rule().length().plus(lease.rule().guard());
        return limit.multipliedBy(2).plus(lastWord).plus(SCHEDULING_SLACK);
    }

    // ---- the end

    /** Without any hand-over, as far as the node can be ended. */
    void stop(String reason) {
        if (phase.isOver()) {
            return;
        }
        phase = new NodePhase(Name.STOPPED, reason);
        quorum.uncounted(reason);
        timeline.tell(Kind.NODE, "stopped: " + reason);
        controller.close();
        seat.close();
        device.close();
        guardLeases(reason);
        resources.stopAll(reason, still -> ended.complete(null));
        started.completeExceptionally(new IllegalStateException(reason));
    }

    /** Others count on what they can't see: that exclusive roles end with the lease. If they don't, this process has to. */
    private void guardLeases(String reason) {
        long rest = Math.max(0, lease.remainingNanos().orElse(0))
                + lease.rule().guard().toNanos();
        loop.schedule(rest, () -> {
            List<String> late = resources.leased(view.state().policy());
            if (!late.isEmpty()) {
                environment.halt(late + " did not stop before the lease was over (" + reason + ")");
            }
            ended.complete(null);
        });
    }
}
