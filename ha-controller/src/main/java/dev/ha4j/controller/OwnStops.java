package dev.ha4j.controller;

import dev.ha4j.api.config.NoQuorumPolicy;
import dev.ha4j.controller.command.StateCommand;
import dev.ha4j.controller.command.StateCommand.ForgetHistory;
import java.util.Collection;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this node stops without an order, because it has no quorum or its lease has run out. The state does not know of it: what it
 * says of this node's roles does not hold until it has forgotten it, and the node is probed.
 */
final class OwnStops {

    private static final Logger log = LoggerFactory.getLogger(OwnStops.class);

    private final ControllerConfig config;
    private final ControllerPorts ports;
    private final Terms terms;
    private final LocalOperations operations;
    private final Consumer<StateCommand> submit;
    private boolean historyHolds = true;
    private int underWay;

    OwnStops(
            ControllerConfig config,
            ControllerPorts ports,
            Terms terms,
            LocalOperations operations,
            Consumer<StateCommand> submit) {
        this.config = config;
        this.ports = ports;
        this.terms = terms;
        this.operations = operations;
        this.submit = submit;
    }

    /** Whether what the state says was done here is still so. */
    boolean historyHolds() {
        return historyHolds;
    }

    /** An epoch may open while this node still stops by itself: what it says of its roles then is soon out of date. */
    boolean stateKnowsRoles() {
        return historyHolds && underWay == 0 && !terms.isStopping();
    }

    /** Roles were stopped without an order. */
    void happened() {
        historyHolds = false;
        submit.accept(new ForgetHistory(config.self(), config.incarnation()));
    }

    /** The state has forgotten what was done here. */
    void forgotten() {
        operations.forget();
        historyHolds = true;
    }

    /**
     * A history that this node disowned in its offer is forgotten; what it stopped since then it says now.
     *
     * @param offeredHistory whether it stood by its history in its offer
     */
    void epochOpened(boolean offeredHistory) {
        if (!offeredHistory) {
            historyHolds = true;
        } else if (!historyHolds) {
            happened();
        }
    }

    void withoutQuorum(NoQuorumPolicy policy) {
        switch (policy) {
            case STOP -> all();
            case DEMOTE -> terms.stopExclusive("no quorum");
            case FENCE -> ports.listener().halt("no quorum");
            case FREEZE, IGNORE -> log.debug("goes on without quorum");
        }
    }

    private void all() {
        if (ports.resources().active().isEmpty() && operations.isIdle()) {
            return;
        }
        historyHolds = false;
        operations.forget();
        ports.listener().timeline("stops its resources: no quorum");
        Consumer<Collection<String>> endTerms = terms.endOfPresent("no quorum");
        underWay++;
        ports.resources().stopAll("no quorum", still -> {
            underWay--;
            endTerms.accept(still);
            happened();
        });
    }
}
