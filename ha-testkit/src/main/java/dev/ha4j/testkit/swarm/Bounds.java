package dev.ha4j.testkit.swarm;

import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.FencePath;
import dev.ha4j.api.config.OperationSpec;
import dev.ha4j.controller.lease.LeaseRule;
import dev.ha4j.testkit.world.WorldOptions;
import java.time.Duration;

/** How long things may take, computed from the timeouts in force. */
final class Bounds {

    private Bounds() {}

    /** How long a lease may last from the last sign of the ring to the end of what it protects. */
    static Duration lease(WorldOptions world) {
        return LeaseRule.forToken(world.tokenTimeout()).successorWait();
    }

    /** How late a fault that is over can still show: in an operation that hangs since then, and was begun by the next monitor. */
    static Duration settling(WorldOptions world) {
        Duration monitors = world.policy()
                .primitives()
                .flatMap(primitive -> primitive.operations().stream())
                .map(OperationSpec::interval)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        return monitors.plus(world.policy().options().defaultTimeout());
    }

    /**
     * From the end of all faults to a cluster that is well, half as much added: a ring after everybody's token timeouts and
     * consensus, a lease, two fencings with the devices' longest back-off between, and the longest chain of operations, of
     * which each may have to time out once.
     */
    static Duration convergence(WorldOptions world) {
        ClusterPolicy policy = world.policy();
        Duration fencing = policy.fencing().stream()
                .map(FencePath::timeout)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        Duration operations = policy.options().defaultTimeout().multipliedBy(6);
        return world.tokenTimeout()
                .multipliedBy(10)
                .plus(lease(world))
                .plus(fencing.multipliedBy(6))
                .plus(world.rebootTakes().multipliedBy(2))
                .plus(operations)
                .multipliedBy(3)
                .dividedBy(2);
    }
}
