package dev.ha4j.testkit.swarm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** What happens to a witness and the lines to it, where a cluster has one. */
final class WitnessFaults {

    private static final long LONGEST_PAUSE_NANOS = 120_000_000_000L;

    private WitnessFaults() {}

    /**
     * Adds them to the others, some together with a cut between nodes. No disk is lost then: after one node has gone on with the
     * witness's vote, it may be the only one that knows.
     */
    static List<Fault> among(List<Fault> others, SplittableRandom random, long fromNanos, long untilNanos, int nodes) {
        List<Fault> all = new ArrayList<>();
        for (Fault fault : others) {
            if (fault.kind() != FaultKind.DISK_LOST) {
                all.add(fault);
            }
            boolean cuts = fault.kind() == FaultKind.PARTITION || fault.kind() == FaultKind.ISOLATION;
            if (cuts && random.nextBoolean()) {
                int node = 1 + random.nextInt(nodes);
                all.add(new Fault(fault.atNanos(), FaultKind.WITNESS_CUT, node, 0, fault.forNanos(), 0));
            }
        }
        long at = fromNanos;
        while ((at += 1 + random.nextLong(LONGEST_PAUSE_NANOS)) < untilNanos) {
            FaultKind kind = random.nextInt(3) == 0 ? FaultKind.WITNESS_DOWN : FaultKind.WITNESS_CUT;
            all.add(Draw.fault(random, at, kind, nodes, 1));
        }
        Collections.sort(all);
        return all;
    }
}
