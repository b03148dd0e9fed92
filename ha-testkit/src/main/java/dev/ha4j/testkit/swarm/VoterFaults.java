package dev.ha4j.testkit.swarm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** Votes and voters that change, and what happens to those who are told of it. */
final class VoterFaults {

    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;
    private static final long MEAN_PAUSE_NANOS = 25 * SECOND;

    /** Longer than a host takes to boot. */
    private static final long APART_NANOS = 60 * SECOND;

    private static final long MAJORITY = 9;

    private VoterFaults() {}

    /**
     * Adds them to the others. No disk is lost then: one node alone may have the votes of a quorum, and be the only one that
     * knows.
     */
    static List<Fault> among(List<Fault> others, SplittableRandom random, long fromNanos, long untilNanos, int nodes) {
        List<Fault> all = new ArrayList<>();
        others.stream().filter(fault -> fault.kind() != FaultKind.DISK_LOST).forEach(all::add);
        long at = fromNanos;
        while ((at += 1 + random.nextLong(2 * MEAN_PAUSE_NANOS)) < untilNanos) {
            switch (random.nextInt(4)) {
                case 0 -> all.addAll(heardByFew(random, at, nodes));
                case 1 -> all.addAll(writtenByOne(random, at, nodes));
                default -> all.add(Draw.fault(random, at, FaultKind.VOTERS, nodes, 1));
            }
        }
        Collections.sort(all);
        return all;
    }

    /** One node is to have the majority, and is cut off in the moment in which that becomes known. */
    private static List<Fault> heardByFew(SplittableRandom random, long at, int nodes) {
        int node = 1 + random.nextInt(nodes);
        long cutAt = at + random.nextLong(60 * MILLI);
        return List.of(
                new Fault(at, FaultKind.VOTERS, node, 0, 0, 1 + MAJORITY),
                new Fault(cutAt, FaultKind.ISOLATION, node, 0, 10 * SECOND + random.nextLong(20 * SECOND), 0));
    }

    /** One node is to have the majority; its disk is the only one that has time to write that down before the power fails. */
    private static List<Fault> writtenByOne(SplittableRandom random, long at, int nodes) {
        int node = 1 + random.nextInt(nodes);
        long stallAt = at - random.nextLong(20 * MILLI);
        long stall = 200 * MILLI + random.nextLong(800 * MILLI);
        return List.of(
                new Fault(at, FaultKind.VOTERS, node, 0, 0, 1 + MAJORITY),
                new Fault(stallAt, FaultKind.STALL_AND_CUT, node, 0, stall, 2_000),
                new Fault(stallAt + stall + MILLI, FaultKind.ISOLATION, node, 0, APART_NANOS, 0));
    }
}
