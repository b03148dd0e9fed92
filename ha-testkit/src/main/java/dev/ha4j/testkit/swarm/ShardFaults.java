package dev.ha4j.testkit.swarm;

import dev.ha4j.testkit.world.ResourceBehaviour;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** What is done to instances that differ, and to who holds one of them, where a cluster has some. */
final class ShardFaults {

    private static final long LONGEST_PAUSE_NANOS = 60_000_000_000L;

    private static final long SHORTEST_NANOS = 2_000_000_000L;

    private static final long LONGEST_NANOS = 20_000_000_000L;

    private static final List<FaultKind> KINDS =
            List.of(FaultKind.RESOURCE, FaultKind.FREEZE, FaultKind.KILL, FaultKind.ISOLATION, FaultKind.STANDBY);

    private ShardFaults() {}

    static List<Fault> among(List<Fault> others, SplittableRandom random, long fromNanos, long untilNanos) {
        List<Fault> all = new ArrayList<>(others);
        long at = fromNanos;
        while ((at += 1 + random.nextLong(LONGEST_PAUSE_NANOS)) < untilNanos) {
            Fault fault = fault(random, at, KINDS.get(random.nextInt(KINDS.size())));
            if (others.stream().noneMatch(other -> isLossNear(other, fault))) {
                all.add(fault);
            }
        }
        Collections.sort(all);
        return all;
    }

    /** Losing a disk is survived by the other disks of a quorum. */
    private static boolean isLossNear(Fault other, Fault fault) {
        return other.kind() == FaultKind.DISK_LOST && Math.abs(other.atNanos() - fault.atNanos()) < Draw.RECOVERY_NANOS;
    }

    private static Fault fault(SplittableRandom random, long at, FaultKind kind) {
        int first = ClusterPlan.PRIMITIVES.size();
        int instance = first + random.nextInt(ClusterPlan.TARGETS.size() - first);
        long behaviour = 1L + random.nextInt(ResourceBehaviour.values().length - 1);
        long forNanos = random.nextLong(SHORTEST_NANOS, LONGEST_NANOS);
        return new Fault(
                at,
                kind,
                Fault.holderOf(instance),
                kind == FaultKind.RESOURCE ? instance : 0,
                kind == FaultKind.KILL ? 0 : forNanos,
                kind == FaultKind.RESOURCE ? behaviour : 0);
    }
}
