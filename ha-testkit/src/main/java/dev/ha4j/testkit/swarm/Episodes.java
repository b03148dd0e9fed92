package dev.ha4j.testkit.swarm;

import dev.ha4j.testkit.world.FenceBehaviour;
import dev.ha4j.testkit.world.ResourceBehaviour;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Faults that make trouble only together: the same node, the right order, within seconds. Each is common, and a seed that draws
 * them one by one hardly ever has them so.
 */
final class Episodes {

    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;

    /** One of so many seeds has episodes. */
    private static final int SEEDS = 2;

    /** So many kinds of episodes at most. */
    private static final int KINDS = 3;

    private static final long MEAN_GAP_NANOS = 30 * SECOND;

    /** For what goes on when the rest of an episode is over. */
    private static final long LASTING_NANOS = 60 * SECOND;

    /** The primitive that a lease alone protects. */
    private static final int LEASED = ClusterPlan.PRIMITIVES.indexOf("batch");

    private static final List<FenceBehaviour> USELESS = List.of(FenceBehaviour.FAILING, FenceBehaviour.HANGING);

    private static final List<ResourceBehaviour> STOPS_LATE =
            List.of(ResourceBehaviour.SLOW, ResourceBehaviour.STOP_FAILS, ResourceBehaviour.STOP_HANGS);

    private static final List<FaultKind> LOSSES = List.of(FaultKind.KILL, FaultKind.POWER_OFF, FaultKind.ISOLATION);

    private final SplittableRandom random;
    private final int nodes;
    private final boolean devicesLie;
    private final List<Fault> faults = new ArrayList<>();

    private enum Kind {
        /** A holder stands still for so long that it is replaced, and not so long that its lease is over. */
        NAP,
        /** Who holds by lease alone is cut off, can't stop, and can't be fenced. */
        LATE_STOP,
        /** A node is lost, and who is to fence it stands still with the order in hand. */
        FENCER_NAP,
        /** A node is lost, and who is to fence it is slow, and cut off before it comes to that. */
        SLOW_FENCER,
        /** What one or two say last, others hear in part; when they come back, the disk of one is slow. */
        LAST_WORDS,
        /** When the faults end, a node that is to be fenced was not yet, and nothing else changes. */
        BAD_END
    }

    private Episodes(SplittableRandom random, int nodes, boolean devicesLie) {
        this.random = random;
        this.nodes = nodes;
        this.devicesLie = devicesLie;
    }

    /** The faults of the episodes of a seed, in any order. */
    static List<Fault> drawn(SplittableRandom random, long fromNanos, long untilNanos, int nodes, boolean devicesLie) {
        Episodes episodes = new Episodes(random, nodes, devicesLie);
        if (random.nextInt(SEEDS) == 0) {
            episodes.draw(fromNanos, untilNanos);
        }
        return episodes.faults;
    }

    private void draw(long fromNanos, long untilNanos) {
        Set<Kind> chosen = EnumSet.noneOf(Kind.class);
        for (int i = 0; i < KINDS; i++) {
            chosen.add(one(List.of(Kind.values())));
        }
        if (chosen.remove(Kind.BAD_END)) {
            badEnd(untilNanos - random.nextLong(2 * SECOND, 8 * SECOND));
        }
        if (chosen.isEmpty()) {
            return;
        }
        long at = fromNanos + random.nextLong(MEAN_GAP_NANOS);
        while (at < untilNanos) {
            draw(at, one(List.copyOf(chosen)));
            at += MEAN_GAP_NANOS / 2 + random.nextLong(MEAN_GAP_NANOS);
        }
    }

    private void draw(long at, Kind kind) {
        switch (kind) {
            case NAP -> nap(at);
            case LATE_STOP -> lateStop(at);
            case FENCER_NAP -> fencerNap(at);
            case SLOW_FENCER -> slowFencer(at);
            case LAST_WORDS -> lastWords(at);
            case BAD_END -> throw new IllegalArgumentException("comes once, at the end");
        }
    }

    private void nap(long at) {
        long nanos = random.nextLong(1_100 * MILLI, 2_900 * MILLI);
        faults.add(new Fault(at, FaultKind.FREEZE, anyHolder(), Draw.whileFrozen(random), nanos, 0));
    }

    private void lateStop(long at) {
        int holder = Fault.holderOf(LEASED);
        misfence(at, holder, ordinal(one(USELESS)), 40 * SECOND);
        misbehave(at, holder, one(STOPS_LATE), 30 * SECOND);
        faults.add(new Fault(at, FaultKind.ISOLATION, holder, 0, random.nextLong(6 * SECOND, 25 * SECOND), 0));
    }

    private void fencerNap(long at) {
        long nanos = ((3_500 * MILLI) << random.nextInt(5)) + random.nextLong(SECOND);
        faults.add(new Fault(at, FaultKind.FENCER_FREEZE, 0, 0, nanos, random.nextInt(150)));
        lose(at + random.nextLong(SECOND), nanos);
    }

    private void slowFencer(long at) {
        long nanos = random.nextLong(6 * SECOND, 20 * SECOND);
        long cutAt = at + random.nextLong(1_500 * MILLI, 4 * SECOND);
        faults.add(new Fault(at, FaultKind.LATE_THREADS, Fault.CONTROLLER, 0, nanos, 4_000L << random.nextInt(2)));
        lose(at + random.nextLong(100 * MILLI), nanos);
        faults.add(new Fault(cutAt, FaultKind.ISOLATION, Fault.CONTROLLER, 0, nanos, 0));
    }

    private void lose(long at, long forNanos) {
        FaultKind loss = one(LOSSES);
        int lost = random.nextBoolean() ? anyHolder() : 1 + random.nextInt(nodes);
        if (devicesLie && random.nextInt(3) == 0) {
            misfence(at, lost, ordinal(FenceBehaviour.LYING), 20 * SECOND);
        }
        faults.add(new Fault(at, loss, lost, 0, loss == FaultKind.ISOLATION ? forNanos : 0, 0));
    }

    private void lastWords(long at) {
        int speaker = 1 + random.nextInt(nodes);
        long nanos = SECOND + random.nextLong(7 * SECOND);
        if (random.nextBoolean()) {
            faults.add(new Fault(at, FaultKind.LOSS, speaker, 0, SECOND, 100L + random.nextInt(400)));
        }
        if (random.nextBoolean()) {
            misfence(at, speaker, ordinal(one(USELESS)), 2 * nanos);
        }
        burst(at, speaker, nanos);
        if (random.nextBoolean()) {
            burst(at, 1 + random.nextInt(nodes), nanos);
        }
        faults.add(new Fault(at + SECOND, FaultKind.SLOW_DISK, speaker, 0, LASTING_NANOS, 50L << random.nextInt(5)));
    }

    private void burst(long at, int speaker, long forNanos) {
        int cutAfterMicros = 1 + random.nextInt(5_000);
        long requests = 40L + random.nextInt(160);
        faults.add(new Fault(at, FaultKind.BURST, speaker, cutAfterMicros, forNanos, requests));
    }

    private void badEnd(long at) {
        int holder = anyHolder();
        misfence(at, holder, ordinal(FenceBehaviour.FAILING), LASTING_NANOS);
        misbehave(at, holder, ResourceBehaviour.STOP_FAILS, LASTING_NANOS);
    }

    private void misfence(long at, int target, int behaviour, long forNanos) {
        faults.add(new Fault(at, FaultKind.FENCE_DEVICE, target, 0, forNanos, behaviour));
    }

    private void misbehave(long at, int holder, ResourceBehaviour behaviour, long forNanos) {
        int resource = Fault.heldBy(holder).orElseThrow();
        long ordinal = List.of(ResourceBehaviour.values()).indexOf(behaviour);
        faults.add(new Fault(at, FaultKind.RESOURCE, holder, resource, forNanos, ordinal));
    }

    private int anyHolder() {
        return Fault.holderOf(random.nextInt(ClusterPlan.PRIMITIVES.size()));
    }

    private static int ordinal(FenceBehaviour behaviour) {
        return List.of(FenceBehaviour.values()).indexOf(behaviour);
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
