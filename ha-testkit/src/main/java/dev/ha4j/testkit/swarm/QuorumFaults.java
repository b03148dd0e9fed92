package dev.ha4j.testkit.swarm;

import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.QuorumOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Situations that votequorum's options are for, each made of several faults that belong together: named, so that a run can say
 * whether it was in them. None knows of a bug.
 */
final class QuorumFaults {

    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;
    private static final long MEAN_PAUSE_NANOS = 30 * SECOND;

    /** Before and after an operator lets a minority go on nothing else happens: whoever is declared down has to be. */
    private static final long QUIET_NANOS = 20 * SECOND;

    /** How long a majority is gone: longer than the others listen for it, and than they take to start anew. */
    private static final long GONE_NANOS = 50 * SECOND;

    private final SplittableRandom random;
    private final QuorumOptions options;
    private final int nodes;
    private final int deviceVotes;
    private final long untilNanos;

    private enum Situation {
        TIE_BREAKER_LOST,
        LATE_VOTE,
        VOTE_FOR_AN_OLD_RING,
        FLAPPING_DEVICE,
        SLOW_DISK_BESIDE_DEVICE,
        DEVICE_CHANGED,
        ARBITERS_DIFFER,
        WINDOW_CUT,
        RESTART_WAITING_FOR_ALL
    }

    QuorumFaults(SplittableRandom random, ClusterPolicy policy, long untilNanos) {
        this.random = random;
        this.options = policy.quorum();
        this.nodes = policy.nodes().size();
        this.deviceVotes = policy.quorum().deviceVotes(policy.nodes());
        this.untilNanos = untilNanos;
    }

    /** Adds them to the others; in one of three runs a majority is gone in the end. */
    List<Fault> among(List<Fault> others, long fromNanos) {
        List<Fault> all = new ArrayList<>(others);
        List<Situation> possible = possible();
        long at = fromNanos;
        while ((at += 1 + random.nextLong(2 * MEAN_PAUSE_NANOS)) < untilNanos && !possible.isEmpty()) {
            all.addAll(situation(possible.get(random.nextInt(possible.size())), at));
        }
        long latest = untilNanos - GONE_NANOS - QUIET_NANOS;
        if (nodes > 2 && latest > fromNanos && random.nextInt(3) == 0) {
            long goneAt = latest - random.nextLong((latest - fromNanos) / 2 + 1);
            all.removeIf(fault -> fault.atNanos() + fault.forNanos() > goneAt - QUIET_NANOS
                    && fault.atNanos() < goneAt + GONE_NANOS + QUIET_NANOS);
            all.add(majorityGone(goneAt));
        }
        Collections.sort(all);
        return all;
    }

    private List<Situation> possible() {
        List<Situation> possible = new ArrayList<>();
        if (!options.tieBreaker().isNone()) {
            possible.add(Situation.TIE_BREAKER_LOST);
        }
        if (options.device().isPresent()) {
            possible.add(Situation.LATE_VOTE);
            possible.add(Situation.VOTE_FOR_AN_OLD_RING);
            possible.add(Situation.FLAPPING_DEVICE);
        }
        if (deviceVotes > 1) {
            possible.add(Situation.SLOW_DISK_BESIDE_DEVICE);
        }
        if (options.lastManStanding().isEmpty() && !options.allowDownscale()) {
            possible.add(Situation.DEVICE_CHANGED);
            possible.add(Situation.ARBITERS_DIFFER);
        }
        if (options.lastManStanding().isPresent()) {
            possible.add(Situation.WINDOW_CUT);
        }
        if (options.waitForAll()) {
            possible.add(Situation.RESTART_WAITING_FOR_ALL);
        }
        return possible;
    }

    private List<Fault> situation(Situation situation, long at) {
        return switch (situation) {
            case TIE_BREAKER_LOST -> tieBreakerLost(at);
            case LATE_VOTE -> lateVote(at);
            case VOTE_FOR_AN_OLD_RING -> voteForAnOldRing(at);
            case FLAPPING_DEVICE -> flappingDevice(at);
            case SLOW_DISK_BESIDE_DEVICE -> slowDiskBesideDevice(at);
            case DEVICE_CHANGED -> deviceChanged(at);
            case ARBITERS_DIFFER -> arbitersDiffer(at);
            case WINDOW_CUT -> windowCut(at);
            case RESTART_WAITING_FOR_ALL -> restartWaitingForAll(at);
        };
    }

    /** Two halves, and the one with the lowest node is off. */
    private List<Fault> tieBreakerLost(long at) {
        long mask = 1;
        while (Long.bitCount(mask) < nodes / 2) {
            mask |= 1L << random.nextInt(nodes);
        }
        List<Fault> faults = new ArrayList<>();
        faults.add(new Fault(at, FaultKind.PARTITION, 0, 0, 5 * SECOND + random.nextLong(20 * SECOND), mask));
        for (int node = 1; node <= nodes; node++) {
            if (((mask >> (node - 1)) & 1) == 1) {
                faults.add(new Fault(at + random.nextLong(3 * SECOND), FaultKind.POWER_OFF, node, 0, 0, 0));
            }
        }
        return faults;
    }

    /** A node is lost, and the witness's word on it comes when leases have nearly, or long, run out. */
    private List<Fault> lateVote(long at) {
        int lost = any();
        List<Fault> faults = new ArrayList<>();
        long late = 500 + random.nextLong(4_000);
        for (int node = 1; node <= nodes; node++) {
            faults.add(new Fault(at, FaultKind.WITNESS_LATE, node, 0, 20 * SECOND, random.nextLong(800)));
            faults.add(new Fault(at + 5 * SECOND, FaultKind.WITNESS_LATE, node, 0, 15 * SECOND, late));
        }
        faults.add(
                new Fault(at + 5 * SECOND, FaultKind.ISOLATION, lost, 0, 8 * SECOND + random.nextLong(10 * SECOND), 0));
        return faults;
    }

    /** Rings change faster than the witness is heard, though it is heard within a heartbeat. */
    private List<Fault> voteForAnOldRing(long at) {
        List<Fault> faults = new ArrayList<>();
        for (int node = 1; node <= nodes; node++) {
            faults.add(new Fault(at, FaultKind.WITNESS_LATE, node, 0, 30 * SECOND, 150 + random.nextLong(250)));
        }
        long between = 300 + random.nextLong(700);
        faults.add(new Fault(at + 5 * SECOND, FaultKind.RESTART_STORM, any(), 0, 20 * SECOND, between));
        return faults;
    }

    private List<Fault> flappingDevice(long at) {
        List<Fault> faults = new ArrayList<>();
        faults.add(Draw.fault(random, at, FaultKind.WITNESS_FLAPPING, nodes, 1));
        if (random.nextBoolean()) {
            faults.add(new Fault(at + random.nextLong(10 * SECOND), FaultKind.ISOLATION, any(), 0, 10 * SECOND, 0));
        }
        return faults;
    }

    /** One is cut off, so that the device's votes decide, and of those who go on with them one is slow to write down what they do. */
    private List<Fault> slowDiskBesideDevice(long at) {
        int lost = any();
        int slow = 1 + lost % nodes;
        long forNanos = 20 * SECOND + random.nextLong(10 * SECOND);
        return List.of(
                new Fault(at, FaultKind.ISOLATION, lost, 0, forNanos, 0),
                new Fault(at, FaultKind.SLOW_DISK, slow, 0, forNanos, 200 + random.nextLong(1_800)));
    }

    /** The device is changed; whoever was to get another one before its votes were taken is cut off with what it has. */
    private List<Fault> deviceChanged(long at) {
        Fault change = Draw.fault(random, at, FaultKind.DEVICE_CHANGED, nodes, 1);
        return List.of(change, new Fault(at + 4 * SECOND, FaultKind.ISOLATION, change.target(), 0, 8 * SECOND, 0));
    }

    /**
     * Whoever asks another arbiter than the others is cut off when the votes of both count, and are as many as a device may have. An
     * epoch has to begin in between, for votes count from the next one on.
     */
    private List<Fault> arbitersDiffer(long at) {
        Fault drawn = Draw.fault(random, at, FaultKind.ARBITERS_DIFFER, nodes, 1);
        int odd = drawn.target();
        Fault change = new Fault(at, drawn.kind(), odd, 0, drawn.forNanos(), Math.max(1, nodes - 1));
        long lostAt = at + 16 * SECOND + random.nextLong(10 * SECOND);
        return List.of(
                change,
                new Fault(lostAt - 8 * SECOND, FaultKind.FREEZE, 1 + odd % nodes, 0, 3 * SECOND, 0),
                new Fault(lostAt, FaultKind.ISOLATION, odd, 0, 10 * SECOND, 0));
    }

    /** One is lost, and before the window is over the next. */
    private List<Fault> windowCut(long at) {
        long window =
                options.lastManStanding().orElse(QuorumOptions.DEFAULT_WINDOW).toNanos();
        int first = any();
        int second = 1 + first % nodes;
        long next = at + window / 5 + random.nextLong(window);
        return List.of(
                new Fault(at, FaultKind.ISOLATION, first, 0, 40 * SECOND, 0),
                new Fault(
                        next,
                        random.nextBoolean() ? FaultKind.POWER_OFF : FaultKind.ISOLATION,
                        second,
                        0,
                        20 * SECOND,
                        0));
    }

    /** All are off, one stays so; of those who wait for it one starts anew, and sometimes an operator won't wait. */
    private List<Fault> restartWaitingForAll(long at) {
        int missing = any();
        int restarted = 1 + missing % nodes;
        List<Fault> faults = new ArrayList<>(List.of(
                new Fault(at, FaultKind.HELD_OFF, missing, 0, 90 * SECOND + random.nextLong(30 * SECOND), 0),
                new Fault(at + SECOND, FaultKind.POWER_OFF_ALL, 0, 0, 0, 0)));
        for (int again = 0; again < 3; again++) {
            long then = at + 10 * SECOND + random.nextLong(70 * SECOND);
            faults.add(new Fault(then, FaultKind.KILL, restarted, 0, 0, 0));
        }
        if (random.nextBoolean()) {
            for (long after = 40; after <= 85; after += 15) {
                faults.add(new Fault(at + after * SECOND, FaultKind.CANCEL_WAIT, 0, 0, 0, 0));
            }
        }
        return faults;
    }

    /** Fewer than half are left. */
    private Fault majorityGone(long at) {
        long left = 1L << random.nextInt(nodes);
        int wanted = 1 + random.nextInt((nodes - 1) / 2);
        while (Long.bitCount(left) < wanted) {
            left |= 1L << random.nextInt(nodes);
        }
        int seconds = random.nextInt(3) == 0 ? 5 + random.nextInt(15) : 3_600;
        return new Fault(at, FaultKind.MAJORITY_GONE, 0, random.nextBoolean() ? seconds : -seconds, GONE_NANOS, left);
    }

    private int any() {
        return 1 + random.nextInt(nodes);
    }
}
