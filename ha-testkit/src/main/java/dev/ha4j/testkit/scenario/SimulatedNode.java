package dev.ha4j.testkit.scenario;

import dev.ha4j.api.report.NodeReport;
import dev.ha4j.testkit.world.Host;
import dev.ha4j.testkit.world.NodeProcess;
import dev.ha4j.testkit.world.RunningNode;
import java.time.Clock;

/** A node of a simulated cluster, as it is now. */
public final class SimulatedNode {

    private final Host host;

    SimulatedNode(Host host) {
        this.host = host;
    }

    public String name() {
        return host.name();
    }

    /** Whether its process runs or is frozen. */
    public boolean isRunning() {
        return host.process().isPresent();
    }

    public boolean isFrozen() {
        return host.process().filter(NodeProcess::isFrozen).isPresent();
    }

    /** Whether the machine has power; its process may be dead all the same. */
    public boolean isPowered() {
        return host.isPowered();
    }

    /**
     * The wall clock of its machine, for rules about the time.
     *
     * @throws IllegalStateException if the node doesn't run
     */
    public Clock clock() {
        return new SimulatedClock(host.process()
                .map(NodeProcess::wallMillis)
                .orElseThrow(() -> new IllegalStateException("node " + host.name() + " is down")));
    }

    /**
     * What {@code HaNode.report()} would say on it.
     *
     * @throws IllegalStateException if the node doesn't run
     */
    public NodeReport report() {
        return host.process()
                .flatMap(NodeProcess::node)
                .map(RunningNode::report)
                .orElseThrow(() -> new IllegalStateException("node " + host.name()
                        + " is down and reports nothing; start it with restart(\"" + host.name() + "\") or heal()"));
    }

    @Override
    public String toString() {
        return host.name();
    }
}
