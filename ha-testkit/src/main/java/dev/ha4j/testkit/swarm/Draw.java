package dev.ha4j.testkit.swarm;

import dev.ha4j.testkit.swarm.ClusterPlan.Voters;
import dev.ha4j.testkit.world.FenceBehaviour;
import dev.ha4j.testkit.world.Network;
import dev.ha4j.testkit.world.ResourceBehaviour;
import dev.ha4j.testkit.world.Streams;
import dev.ha4j.testkit.world.WorldOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Draws a scenario from a seed. */
final class Draw {

    /** Faults begin after this, so that there is a cluster to harm. */
    private static final long CALM_NANOS = 20_000_000_000L;

    /** A node whose disk is lost, and all others, are left alone for this long before and after. */
    static final long RECOVERY_NANOS = 90_000_000_000L;

    private static final long SECOND = 1_000_000_000L;

    private static final long MILLI = 1_000_000L;

    /** In one of so many seeds, devices may lie. */
    private static final int LIARS_IN = 3;

    /** What makes sense without other faults about it. */
    private static final Set<FaultKind> SINGLE = EnumSet.complementOf(EnumSet.of(
            FaultKind.FENCER_FREEZE,
            FaultKind.LATE_THREADS,
            FaultKind.WITNESS_CUT,
            FaultKind.WITNESS_DOWN,
            FaultKind.VOTERS,
            FaultKind.TICKET,
            FaultKind.HEALTH,
            FaultKind.HELD_OFF,
            FaultKind.WITNESS_LATE,
            FaultKind.WITNESS_FLAPPING,
            FaultKind.DEVICE_CHANGED,
            FaultKind.ARBITERS_DIFFER,
            FaultKind.CANCEL_WAIT,
            FaultKind.MAJORITY_GONE));

    /** What decides on who is quorate. */
    private static final Set<FaultKind> OF_QUORUM = EnumSet.of(
            FaultKind.KILL,
            FaultKind.POWER_OFF,
            FaultKind.POWER_OFF_ALL,
            FaultKind.FREEZE,
            FaultKind.PARTITION,
            FaultKind.ISOLATION,
            FaultKind.ONE_WAY_CUT,
            FaultKind.LOSS,
            FaultKind.FLAPPING,
            FaultKind.SLOW_DISK,
            FaultKind.STALL_AND_CUT,
            FaultKind.RESTART_STORM,
            FaultKind.LEAVE,
            FaultKind.CONFIRM_DOWN);

    /** What puts those to the test who hold something; among so many kinds it would be rare. */
    private static final Set<FaultKind> OF_HOLDERS =
            EnumSet.of(FaultKind.RESOURCE, FaultKind.FENCE_DEVICE, FaultKind.FREEZE);

    /** How the fence device of a host that hangs may behave: what it does to the host comes late, or not at all. */
    private static final List<FenceBehaviour> WHILE_FROZEN =
            List.of(FenceBehaviour.SLOW, FenceBehaviour.FAILING, FenceBehaviour.HANGING);

    /** In one of so many seeds of the swarm a witness votes. */
    private static final int WITNESS_IN = 6;

    private static final Duration TOKEN_TIMEOUT = Duration.ofSeconds(1);

    /** In one of so many seeds the ring adapts its timeout. */
    private static final int ADAPTIVE_IN = 3;

    /** In one of so many seeds of the swarm votes and voters change. */
    private static final int VOTERS_IN = 6;

    /** In one of so many seeds of the swarm there are a ticket, weights, and nodes that are unwell. */
    private static final int RULES_IN = 4;

    /** In one of so many seeds of the swarm there is a resource of which each instance differs from the others. */
    private static final int SHARDS_IN = 3;

    /** In one of so many seeds of the swarm the instances of a promotable resource hear of each other. */
    private static final int NOTICES_IN = 3;

    private final Streams streams;
    private final Mix mix;
    private final Duration length;
    private final int fenceBehaviours;

    Draw(long seed, Mix mix, Duration length) {
        this.streams = new Streams(seed);
        this.mix = mix;
        this.length = length;
        this.fenceBehaviours = fenceBehaviours();
    }

    Scenario scenario() {
        WorldOptions world = world(streams.stream("world"));
        SplittableRandom workload = streams.stream("workload");
        Duration requestEvery = mix == Mix.BUSY
                ? Duration.ofMillis(100)
                : mix == Mix.IDLE ? Duration.ofSeconds(30) : Duration.ofMillis(1L << (8 + workload.nextInt(6)));
        Duration actEvery = mix == Mix.IDLE ? Duration.ofSeconds(1) : Duration.ofMillis(100L << workload.nextInt(3));
        int nodes = world.policy().nodes().size();
        List<Fault> faults = mix == Mix.IDLE ? List.of() : withoutDoubleLoss(faults(nodes));
        if (Voters.of(world.policy()).witness()) {
            faults = WitnessFaults.among(faults, streams.stream("witness-faults"), CALM_NANOS, length.toNanos(), nodes);
        }
        if (votersChange()) {
            faults = VoterFaults.among(faults, streams.stream("voter-faults"), CALM_NANOS, length.toNanos(), nodes);
        }
        if (ClusterPlan.hasRules(world.policy())) {
            faults = RuleFaults.among(faults, streams.stream("rule-faults"), CALM_NANOS, length.toNanos(), nodes);
        }
        if (ClusterPlan.hasShards(world.policy())) {
            faults = ShardFaults.among(faults, streams.stream("shard-faults"), CALM_NANOS, length.toNanos());
        }
        if (mix == Mix.QUORUM) {
            faults = new QuorumFaults(streams.stream("quorum-faults"), world.policy(), length.toNanos())
                    .among(faults, CALM_NANOS);
        }
        return new Scenario(world, length, faults, requestEvery, actEvery);
    }

    private boolean votersChange() {
        return mix == Mix.QUORUM
                || (mix == Mix.SWARM && streams.stream("voters").nextInt(VOTERS_IN) == 0);
    }

    private WorldOptions world(SplittableRandom random) {
        var policy = ClusterPlan.draw(random, mix == Mix.IDLE);
        SplittableRandom witness = streams.stream("witness");
        if (votersChange()) {
            policy = ClusterPlan.drawForQuorum(witness);
        }
        if (mix == Mix.SWARM && !votersChange() && witness.nextInt(WITNESS_IN) == 0) {
            policy = ClusterPlan.drawWithWitness(witness);
        }
        if (mix == Mix.SWARM && streams.stream("shards").nextInt(SHARDS_IN) == 0) {
            policy = ClusterPlan.withShards(policy);
        }
        if (mix == Mix.SWARM && streams.stream("notices").nextInt(NOTICES_IN) == 0) {
            policy = ClusterPlan.withNotices(policy);
        }
        if (mix == Mix.SWARM && streams.stream("rules").nextInt(RULES_IN) == 0) {
            policy = ClusterPlan.withRules(policy);
        }
        if (mix == Mix.IDLE) {
            return WorldOptions.calm(streams.seed(), policy);
        }
        Network.Quality quality = new Network.Quality(
                20_000L << random.nextInt(8),
                random.nextLong(2 * MILLI),
                random.nextBoolean() ? 0.002 : 0,
                random.nextLong(MILLI, 400 * MILLI),
                random.nextInt(3) == 0 ? random.nextDouble() * 0.05 : 0,
                random.nextInt(3) == 0 ? random.nextDouble() * 0.1 : 0);
        Duration probes = Duration.ofMillis(random.nextBoolean() ? 25 : 100);
        return new WorldOptions(
                streams.seed(),
                policy,
                TOKEN_TIMEOUT,
                detectionFloor(probes),
                quality,
                probes,
                Duration.ofMillis(1L << random.nextInt(6)),
                random.nextBoolean() ? 20_000 : 3 * MILLI,
                random.nextBoolean() ? 0 : 100,
                Duration.ofSeconds(10 + random.nextInt(30)),
                random.nextInt(4) == 0,
                false);
    }

    /** Some rings find out themselves how soon they may consider themselves broken. */
    private Duration detectionFloor(Duration probes) {
        SplittableRandom adaptive = streams.stream("adaptive");
        boolean adapts = adaptive.nextInt(ADAPTIVE_IN) == 0;
        return adapts ? probes.multipliedBy(4L << adaptive.nextInt(2)) : TOKEN_TIMEOUT;
    }

    private List<Fault> faults(int nodes) {
        List<Fault> faults = new ArrayList<>(singleFaults(streams.stream("faults"), nodes));
        if (mix == Mix.SWARM) {
            faults.addAll(
                    Episodes.drawn(streams.stream("episodes"), CALM_NANOS, length.toNanos(), nodes, devicesLie()));
        }
        Collections.sort(faults);
        return faults;
    }

    private List<Fault> singleFaults(SplittableRandom random, int nodes) {
        Map<FaultKind, Integer> weights = subset(random);
        double perMinute = mix == Mix.BUSY ? 15 : 1 + random.nextInt(12);
        long mean = (long) (60 * SECOND / perMinute);
        List<Fault> faults = new ArrayList<>();
        long at = CALM_NANOS;
        while (true) {
            at += 1 + random.nextLong(2 * mean);
            if (at >= length.toNanos()) {
                break;
            }
            faults.add(fault(random, at, pick(random, weights), nodes, fenceBehaviours));
        }
        return faults;
    }

    /** Each kind is in or out, and if in, more or less often. */
    private Map<FaultKind, Integer> subset(SplittableRandom random) {
        Map<FaultKind, Integer> weights = new EnumMap<>(FaultKind.class);
        while (weights.isEmpty()) {
            for (FaultKind kind : mix == Mix.QUORUM ? OF_QUORUM : SINGLE) {
                boolean ofHolders = OF_HOLDERS.contains(kind);
                if (mix == Mix.BUSY || random.nextInt(5) < (ofHolders ? 3 : 2)) {
                    weights.put(kind, isDrastic(kind) ? 1 : (ofHolders ? 3 : 1) + random.nextInt(4));
                }
            }
        }
        return weights;
    }

    private static boolean isDrastic(FaultKind kind) {
        return kind == FaultKind.POWER_OFF_ALL || kind == FaultKind.STALL_AND_CUT || kind == FaultKind.RESTART_STORM;
    }

    private static FaultKind pick(SplittableRandom random, Map<FaultKind, Integer> weights) {
        int sum = weights.values().stream().mapToInt(Integer::intValue).sum();
        int left = random.nextInt(sum);
        for (Map.Entry<FaultKind, Integer> entry : weights.entrySet()) {
            left -= entry.getValue();
            if (left < 0) {
                return entry.getKey();
            }
        }
        throw new AssertionError(weights);
    }

    /**
     * One fault of this kind, with everything else drawn.
     *
     * @param fenceBehaviours how many behaviours of fence devices are possible, after the good one
     */
    static Fault fault(SplittableRandom random, long at, FaultKind kind, int nodes, int fenceBehaviours) {
        int node = 1 + random.nextInt(nodes);
        int special = random.nextInt(3) == 0 ? Fault.CONTROLLER : Fault.HOLDER;
        int target = random.nextBoolean() ? node : special;
        long forNanos = duration(random);
        return switch (kind) {
            case PARTITION -> new Fault(at, kind, 0, 0, forNanos, 1 + random.nextInt((1 << nodes) - 2));
            case ONE_WAY_CUT, FALSE_REFUSAL -> new Fault(at, kind, node, another(random, node, nodes), forNanos, 0);
            case FREEZE ->
                random.nextInt(3) == 0
                        ? new Fault(at, kind, Fault.HOLDER, whileFrozen(random), longFreeze(random), 0)
                        : new Fault(at, kind, target, 0, freeze(random), 0);
            case LOSS -> new Fault(at, kind, node, 0, forNanos, 20L + random.nextInt(400));
            case DELAY -> new Fault(at, kind, node, 0, forNanos, 1L << random.nextInt(10));
            case SLOW_DISK -> new Fault(at, kind, target, 0, forNanos, 50L << random.nextInt(7));
            case DISK_ERRORS, FORCE_ERRORS -> new Fault(at, kind, target, 0, forNanos / 4, 0);
            case RESTART_STORM -> new Fault(at, kind, target, 0, forNanos, 200L + random.nextInt(4_000));
            case FLAPPING -> new Fault(at, kind, node, 0, forNanos, 20L << random.nextInt(7));
            case REPLAY -> new Fault(at, kind, node, 0, forNanos, 1L << random.nextInt(7));
            case LATE_THREADS -> new Fault(at, kind, target, 0, forNanos, 1_000L << random.nextInt(4));
            case SLOW_PROCESS -> new Fault(at, kind, target, 0, forNanos, 1L << random.nextInt(8));
            case WALL_CLOCK_JUMP -> new Fault(at, kind, target, 0, 0, random.nextLong(-86_400_000, 86_400_000));
            case FENCE_DEVICE ->
                new Fault(
                        at,
                        kind,
                        node,
                        random.nextInt(3) == 0 ? 1 : 0,
                        4 * forNanos,
                        1 + random.nextInt(fenceBehaviours));
            case RESOURCE ->
                new Fault(
                        at,
                        kind,
                        random.nextInt(3) == 0 ? node : Fault.HOLDER,
                        random.nextInt(ClusterPlan.PRIMITIVES.size()),
                        5 * SECOND + forNanos,
                        1 + random.nextInt(ResourceBehaviour.values().length - 1));
            case STANDBY -> new Fault(at, kind, node, 0, forNanos, 0);
            case BURST -> new Fault(at, kind, target, 0, SECOND + forNanos / 4, 5L + random.nextInt(60));
            case FENCER_FREEZE -> new Fault(at, kind, 0, 0, longFreeze(random), random.nextInt(150));
            case STALL_AND_CUT ->
                new Fault(at, kind, node, 0, random.nextLong(100 * MILLI, SECOND), 300L << random.nextInt(4));
            case WITNESS_CUT, HELD_OFF -> new Fault(at, kind, node, 0, forNanos, 0);
            case WITNESS_LATE -> new Fault(at, kind, node, 0, forNanos, 200L << random.nextInt(5));
            case WITNESS_FLAPPING ->
                new Fault(at, kind, node, 0, 10 * SECOND + forNanos, 1_200L + random.nextInt(2_000));
            case DEVICE_CHANGED, ARBITERS_DIFFER ->
                new Fault(
                        at,
                        kind,
                        node,
                        0,
                        (kind == FaultKind.DEVICE_CHANGED ? 60 : 90) * SECOND,
                        random.nextBoolean() ? 1 : Math.max(1, nodes - 1));
            case CANCEL_WAIT -> new Fault(at, kind, 0, 0, 0, 0);
            case MAJORITY_GONE -> throw new IllegalArgumentException(kind + " is no fault among others");
            case WITNESS_DOWN -> new Fault(at, kind, 0, 0, forNanos, 0);
            case VOTERS -> new Fault(at, kind, node, 0, 2 * SECOND + forNanos, random.nextInt(5));
            case TICKET, HEALTH -> new Fault(at, kind, node, 0, forNanos, 0);
            case KILL, POWER_OFF, POWER_OFF_ALL, DISK_LOST, ISOLATION, LEAVE, CONFIRM_DOWN, RECONFIGURE ->
                new Fault(at, kind, target, 0, kind == FaultKind.ISOLATION ? forNanos : 0, 0);
        };
    }

    /** Behaviours of fence devices after the good one; in most seeds without the liar, which is the last. */
    private int fenceBehaviours() {
        return FenceBehaviour.values().length - (devicesLie() ? 1 : 2);
    }

    private boolean devicesLie() {
        return streams.stream("liars").nextInt(LIARS_IN) == 0;
    }

    private static int another(SplittableRandom random, int node, int nodes) {
        return 1 + (node - 1 + 1 + random.nextInt(nodes - 1)) % nodes;
    }

    /** From a blink to half a minute, short ones more often. */
    private static long duration(SplittableRandom random) {
        return ((100 * MILLI) << random.nextInt(9)) + random.nextLong(SECOND);
    }

    private static long freeze(SplittableRandom random) {
        return ((50 * MILLI) << random.nextInt(10)) + random.nextLong(100 * MILLI);
    }

    static int whileFrozen(SplittableRandom random) {
        return List.of(FenceBehaviour.values()).indexOf(WHILE_FROZEN.get(random.nextInt(WHILE_FROZEN.size())));
    }

    /** Long enough for others to take over meanwhile. */
    private static long longFreeze(SplittableRandom random) {
        return random.nextLong(5 * SECOND, 30 * SECOND);
    }

    /** Losing a disk is survived by the other disks of a quorum: near a loss nothing else may end a node. */
    private static List<Fault> withoutDoubleLoss(List<Fault> drawn) {
        List<Fault> kept = new ArrayList<>();
        long quietUntil = 0;
        for (Fault fault : drawn) {
            boolean loss = fault.kind() == FaultKind.DISK_LOST;
            boolean tooSoon = fault.atNanos() < quietUntil;
            boolean afterOthers = !kept.isEmpty()
                    && fault.atNanos() - kept.get(kept.size() - 1).atNanos() < RECOVERY_NANOS;
            if (tooSoon || (loss && afterOthers)) {
                continue;
            }
            kept.add(fault);
            if (loss) {
                quietUntil = fault.atNanos() + RECOVERY_NANOS;
            }
        }
        return Collections.unmodifiableList(kept);
    }
}
