package dev.ha4j.testkit.swarm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** Tickets that are taken away, and nodes that are unwell, where a cluster has rules about them. */
final class RuleFaults {

    private static final long LONGEST_PAUSE_NANOS = 60_000_000_000L;

    private RuleFaults() {}

    static List<Fault> among(List<Fault> others, SplittableRandom random, long fromNanos, long untilNanos, int nodes) {
        List<Fault> all = new ArrayList<>(others);
        long at = fromNanos;
        while ((at += 1 + random.nextLong(LONGEST_PAUSE_NANOS)) < untilNanos) {
            FaultKind kind = random.nextInt(3) == 0 ? FaultKind.HEALTH : FaultKind.TICKET;
            all.add(Draw.fault(random, at, kind, nodes, 1));
        }
        Collections.sort(all);
        return all;
    }
}
