package dev.ha4j.controller;

import dev.ha4j.api.Incarnation;
import dev.ha4j.api.state.NodeStatus;
import dev.ha4j.controller.command.Entrance;
import dev.ha4j.controller.command.StateCommand;
import dev.ha4j.controller.command.StateCommand.Enter;
import dev.ha4j.controller.command.StateCommand.Joiner;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where a node waits that came back before its earlier life was proven over: it is in the ring, and no member. When that life
 * was fenced, or an operator confirmed its end, it enters without a new ring.
 */
final class Threshold {

    private final ControllerConfig config;
    private final ControllerPorts ports;
    private final Replica replica;
    private final Consumer<StateCommand> submit;
    private boolean asked;

    Threshold(ControllerConfig config, ControllerPorts ports, Replica replica, Consumer<StateCommand> submit) {
        this.config = config;
        this.ports = ports;
        this.replica = replica;
        this.submit = submit;
    }

    void epochOpened() {
        asked = false;
        if (isOutside()) {
            ports.listener()
                    .timeline("is no member: its earlier life " + earlier()
                            + " is not proven over; fence it, or confirm that" + " it is down");
            crossIfCleared();
        }
    }

    void crossIfCleared() {
        if (!asked
                && isOutside()
                && Entrance.clearance(status(), config.incarnation()).isPresent()) {
            asked = true;
            submit.accept(new Enter(new Joiner(
                    config.self(),
                    config.incarnation(),
                    config.softwareLevel(),
                    config.featureLevel(),
                    ports.resources().implemented(),
                    false)));
        }
    }

    private boolean isOutside() {
        return replica.isOpen() && !status().incarnation().equals(Optional.of(config.incarnation()));
    }

    private String earlier() {
        return status().incarnation().map(Incarnation::toString).orElse("(unknown)");
    }

    private NodeStatus status() {
        return replica.state().node(config.self());
    }
}
