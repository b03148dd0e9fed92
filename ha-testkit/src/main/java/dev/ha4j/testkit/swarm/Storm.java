package dev.ha4j.testkit.swarm;

import dev.ha4j.testkit.world.FenceBehaviour;
import dev.ha4j.testkit.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Faults for any cluster, whatever runs on it: drawn from its seed, as the swarm draws them. */
public final class Storm {

    private static final List<FaultKind> KINDS = List.of(
            FaultKind.KILL,
            FaultKind.POWER_OFF,
            FaultKind.FREEZE,
            FaultKind.PARTITION,
            FaultKind.ISOLATION,
            FaultKind.ONE_WAY_CUT,
            FaultKind.LOSS,
            FaultKind.DELAY,
            FaultKind.FALSE_REFUSAL,
            FaultKind.SLOW_DISK,
            FaultKind.WALL_CLOCK_JUMP,
            FaultKind.FENCE_DEVICE,
            FaultKind.FLAPPING,
            FaultKind.REPLAY,
            FaultKind.RESTART_STORM,
            FaultKind.LEAVE);

    /** Behaviours of fence devices after the good one, and without the liar, which is the last. */
    private static final int HONEST = FenceBehaviour.values().length - 2;

    private static final Duration MEAN_CALM = Duration.ofSeconds(8);

    /** How often somebody looks for nodes that are down, and starts them. */
    private static final Duration RESTARTS = Duration.ofSeconds(15);

    private final World world;
    private final Injector injector;
    private final SplittableRandom random;

    /**
     * A storm that has not begun.
     *
     * @param number 1 for the world's first, rising with each
     */
    public Storm(World world, Holders holders, int number) {
        this.world = world;
        this.random = world.streams().stream("storm", number);
        this.injector = new Injector(world, new Operators(world, random.split()), holders);
    }

    /** Lets faults happen from now on for that long; those under way then end by themselves. */
    public void rage(Duration length) {
        long at = world.time().now();
        long end = at + length.toNanos();
        List<Fault> faults = new ArrayList<>();
        while (at < end) {
            FaultKind kind = KINDS.get(random.nextInt(KINDS.size()));
            Fault fault = Draw.fault(random, at, kind, world.hosts().size(), HONEST);
            if (!outlastsHealing(fault)) {
                faults.add(fault);
            }
            at += 1 + random.nextLong(2 * MEAN_CALM.toNanos());
        }
        injector.schedule(faults);
        restartUntil(end);
    }

    /** A late power-off can come when all is healed, and nobody would start the node again. */
    private static boolean outlastsHealing(Fault fault) {
        return fault.kind() == FaultKind.FENCE_DEVICE
                && List.of(FenceBehaviour.values()).indexOf(FenceBehaviour.LATE) == fault.strength();
    }

    private void restartUntil(long endNanos) {
        world.time().after(RESTARTS, () -> {
            if (world.time().now() < endNanos) {
                world.hosts().forEach(world::start);
                restartUntil(endNanos);
            }
        });
    }

    /** No fault begins or ends from here on. */
    public void stop() {
        injector.stop();
    }
}
