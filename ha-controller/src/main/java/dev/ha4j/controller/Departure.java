package dev.ha4j.controller;

import dev.ha4j.api.NodeId;
import dev.ha4j.controller.command.Downscale;
import dev.ha4j.controller.command.StateCommand;
import dev.ha4j.controller.command.StateCommand.LeaveCleanly;
import dev.ha4j.controller.command.StateCommand.RequestLeave;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a node leaves: it asks for its resources to be moved away, is dismissed, checks that nothing is active, and has its
 * clean leave recorded on a quorum's disks before it goes.
 */
final class Departure {

    private static final long RECHECK_NANOS = Duration.ofMillis(100).toNanos();

    private final ControllerConfig config;
    private final ControllerPorts ports;
    private final Replica replica;
    private final Consumer<StateCommand> submit;
    /** Those who stay may not be quorate without this node's vote: then it goes all the same. */
    private static final int MAX_DOWNSCALE_CHECKS = 30;

    private int downscaleChecks;
    private Optional<Runnable> leaving = Optional.empty();

    Departure(ControllerConfig config, ControllerPorts ports, Replica replica, Consumer<StateCommand> submit) {
        this.config = config;
        this.ports = ports;
        this.replica = replica;
        this.submit = submit;
    }

    void leave(Runnable done) {
        leaving = Optional.of(done);
        if (replica.isOpen()) {
            ask();
        } else {
            goWithoutRecord();
        }
    }

    private void ask() {
        submit.accept(new RequestLeave(config.self(), config.incarnation()));
    }

    /** Without quorum nothing can be recorded: what is active stops, and the others will have to fence this node. */
    private void goWithoutRecord() {
        ports.resources().stopAll("the node leaves", still -> finish("leaves without a record: there is no quorum"));
    }

    void epochOpened() {
        if (leaving.isPresent()) {
            ask();
        }
    }

    void quorumLost() {
        if (leaving.isPresent()) {
            goWithoutRecord();
        }
    }

    void dismissed(NodeId node) {
        if (leaving.isPresent() && node.equals(config.self())) {
            if (isExpected()) {
                ports.loop().schedule(RECHECK_NANOS, () -> dismissed(node));
            } else if (ports.resources().active().isEmpty()) {
                submit.accept(new LeaveCleanly(config.self(), config.incarnation()));
            } else {
                ports.listener().timeline("was dismissed, but still has something active");
                ports.loop().schedule(RECHECK_NANOS, () -> dismissed(node));
            }
        }
    }

    /** Under allowDownscale the others stop expecting this node's vote before it goes, for a while. */
    private boolean isExpected() {
        return Downscale.isAwaited(replica.state(), config.self()) && downscaleChecks++ < MAX_DOWNSCALE_CHECKS;
    }

    /** The record counts when a quorum's disks have it. */
    void leftCleanly(NodeId node, long index) {
        if (leaving.isPresent() && node.equals(config.self())) {
            replica.whenAcknowledged(index, () -> finish("leaves cleanly"));
        }
    }

    private void finish(String event) {
        Optional<Runnable> done = leaving;
        leaving = Optional.empty();
        done.ifPresent(task -> {
            ports.listener().timeline(event);
            task.run();
        });
    }
}
