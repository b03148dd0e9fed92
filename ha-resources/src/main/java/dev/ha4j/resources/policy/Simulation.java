package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.Header;
import dev.ha4j.resources.config.PolicyInput;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * A configuration and a state that can be changed on paper: what would be decided if a node failed, an operation failed, a
 * ticket was granted? Immutable: each change gives another simulation. Any thread may use it.
 *
 * <pre>{@code
 * Simulation.Outcome outcome = Simulation.of(input, Instant.now())
 *         .nodeFailed("alpha")
 *         .operation(OperationResult.parse("db_monitor_10000@beta=7"))
 *         .run();
 * }</pre>
 *
 * @param input configuration and state
 * @param now the time to plan for
 */
public record Simulation(PolicyInput input, Instant now) {

    public static Simulation of(PolicyInput input, Instant now) {
        return new Simulation(input, now);
    }

    /**
     * What came of a simulation.
     *
     * @param inspection the plan, and the state before it
     * @param execution what was done of it, and the state after it
     */
    public record Outcome(Inspection inspection, Execution.Result execution) {}

    /** Another time; a plan with rules or expiring failures depends on it. */
    public Simulation at(Instant time) {
        Header old = input.header();
        Header header = new Header(
                old.haveQuorum(), old.quorumPanic(), old.coordinator(), OptionalLong.empty(), old.unfencing());
        return new Simulation(input.withHeader(header), time);
    }

    /** With or without quorum. */
    public Simulation quorum(boolean quorate) {
        Header old = input.header();
        Header header =
                new Header(quorate, old.quorumPanic(), old.coordinator(), old.executionSeconds(), old.unfencing());
        return new Simulation(input.withHeader(header), now);
    }

    /**
     * The node is a member and its processes are there.
     *
     * @throws IllegalArgumentException if there is no such node
     */
    public Simulation nodeUp(String node) {
        return state(node, Observations.UP);
    }

    /**
     * The node has left cleanly, with all that ran there.
     *
     * @throws IllegalArgumentException if there is no such node
     */
    public Simulation nodeDown(String node) {
        Injection injection = injection();
        injection.forgetNode(node);
        injection.setState(node, Observations.DOWN);
        return with(injection);
    }

    /**
     * The node is not heard of any more, and nobody knows what it does.
     *
     * @throws IllegalArgumentException if there is no such node
     */
    public Simulation nodeFailed(String node) {
        return state(node, Observations.LOST);
    }

    private Simulation state(String node, Observations.Presence presence) {
        Injection injection = injection();
        injection.setState(node, presence);
        return with(injection);
    }

    /**
     * Resources have to leave the node, or may come back.
     *
     * @throws IllegalArgumentException if there is no such node
     */
    public Simulation standby(String node, boolean standby) {
        return attribute(node, "standby", standby ? "on" : "off");
    }

    /**
     * Sets a node attribute until the node restarts.
     *
     * @throws IllegalArgumentException if there is no such node
     */
    public Simulation attribute(String node, String name, String value) {
        Injection injection = injection();
        injection.setAttribute(node, name, value);
        return with(injection);
    }

    /**
     * Changes what a node can carry.
     *
     * @throws IllegalArgumentException if there is no such node
     */
    public Simulation capacity(String node, String name, int value) {
        Injection injection = injection();
        injection.setCapacity(node, name, value);
        return with(injection);
    }

    /** The site has the ticket, or has it no more. */
    public Simulation ticket(String ticket, boolean granted) {
        Injection injection = injection();
        injection.setTicket(ticket, "granted", granted);
        return with(injection);
    }

    /** The ticket is not to be used for now, or may be used again. */
    public Simulation ticketStandby(String ticket, boolean standby) {
        Injection injection = injection();
        injection.setTicket(ticket, "standby", standby);
        return with(injection);
    }

    /**
     * An operation has ended; a failure also counts.
     *
     * @throws IllegalArgumentException if there is no such node or resource
     */
    public Simulation operation(OperationResult result) {
        Injection injection = injection();
        injection.operation(result);
        return with(injection);
    }

    /** What would be done now, and why. */
    public Inspection inspect() {
        return Inspection.of(input, now);
    }

    /** Does it, on paper. */
    public Outcome run() {
        return run(List.of());
    }

    /**
     * Does it, on paper, until one of these operations comes up: it ends as given, and what is not done by then stays undone.
     */
    public Outcome run(List<OperationResult> failures) {
        Inspection inspection = inspect();
        return new Outcome(inspection, Execution.run(input, inspection.plan(), now, failures));
    }

    private Injection injection() {
        return new Injection(input, now);
    }

    private Simulation with(Injection injection) {
        return new Simulation(injection.result(), now);
    }
}
