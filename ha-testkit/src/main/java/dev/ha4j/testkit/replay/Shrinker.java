package dev.ha4j.testkit.replay;

import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.testkit.swarm.ClusterPlan;
import dev.ha4j.testkit.swarm.ClusterPlan.Voters;
import dev.ha4j.testkit.swarm.Fault;
import dev.ha4j.testkit.swarm.FaultKind;
import dev.ha4j.testkit.swarm.Scenario;
import dev.ha4j.testkit.world.Network;
import dev.ha4j.testkit.world.WorldOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Makes a script that breaks a rule smaller: fewer faults, nodes and resources, calmer weather, less time. A smaller one is
 * kept only if it breaks the same rule first. For one thread.
 */
public final class Shrinker {

    /** Fewer nodes have no quorum that survives one of them. */
    private static final int MIN_NODES = 3;

    /** What is left of the run behind the instant at which the rule was broken. */
    private static final Duration MARGIN = Duration.ofSeconds(1);

    private static final long SHORTEST_GAP_NANOS = 2_000_000_000L;
    private static final Duration FEW_REQUESTS = Duration.ofSeconds(60);

    private final Trial trial;
    private final BooleanSupplier hasTime;
    private final String rule;
    private Script smallest;
    private int trials;

    private Shrinker(Script script, String rule, Trial trial, BooleanSupplier hasTime) {
        this.trial = trial;
        this.hasTime = hasTime;
        this.rule = rule;
        this.smallest = script.violating(rule);
    }

    /**
     * What came of it.
     *
     * @param script the smallest that was found
     * @param trials how many were run
     * @param complete whether nothing more could be left out; false if the time was over
     */
    public record Outcome(Script script, int trials, boolean complete) {}

    /**
     * Shrinks the script until nothing more can be left out, or the time is over.
     *
     * @param hasTime asked before each trial
     * @throws IllegalArgumentException if the script breaks no rule
     */
    public static Outcome shrink(Script script, BooleanSupplier hasTime) {
        Trial trial = Trial.of(script.planted());
        Verdict first = trial.of(script)
                .orElseThrow(() ->
                        new IllegalArgumentException("the script breaks no rule, so that there is nothing to shrink"));
        return new Shrinker(script, first.rule(), trial, hasTime).run(first);
    }

    private Outcome run(Verdict first) {
        trials = 1;
        endSoonAfter(first);
        List<Fault> before;
        do {
            before = smallest.scenario().faults();
            fewerFaults();
            fewerNodes();
            fewerResources();
            calmerWeather();
            lessTime();
        } while (hasTime.getAsBoolean()
                && before.size() != smallest.scenario().faults().size());
        return new Outcome(smallest, trials, hasTime.getAsBoolean());
    }

    /** What comes after the violation has not brought it about. */
    private void endSoonAfter(Verdict found) {
        Scenario scenario = smallest.scenario();
        if (found.atNanos() > 0 && found.atNanos() < scenario.faultyTime().toNanos()) {
            List<Fault> earlier = scenario.faults().stream()
                    .filter(fault -> fault.atNanos() <= found.atNanos())
                    .toList();
            Duration length = Duration.ofNanos(found.atNanos()).plus(MARGIN);
            keepIfSame(scenario.withFaults(earlier).withFaultyTime(length));
        }
    }

    private void fewerFaults() {
        DeltaDebugging.minimize(
                smallest.scenario().faults(),
                faults -> keepIfSame(smallest.scenario().withFaults(faults)));
    }

    private void fewerNodes() {
        boolean smaller = true;
        while (smaller && policy().nodes().size() > MIN_NODES) {
            int nodes = policy().nodes().size() - 1;
            List<Fault> faults = smallest.scenario().faults().stream()
                    .flatMap(fault -> among(nodes, fault))
                    .toList();
            smaller = keepIfSame(
                    in(ClusterPlan.policy(voters().among(nodes), resources())).withFaults(faults));
        }
    }

    /** The fault in a smaller cluster; nothing if it was about a node that is gone. */
    private static Stream<Fault> among(int nodes, Fault fault) {
        long side = fault.strength();
        if (fault.kind() == FaultKind.PARTITION) {
            long all = (1L << nodes) - 1;
            side &= all;
            if (side == 0 || side == all) {
                return Stream.empty();
            }
        }
        boolean aboutOther = fault.kind() == FaultKind.ONE_WAY_CUT || fault.kind() == FaultKind.FALSE_REFUSAL;
        boolean gone = fault.target() > nodes || (aboutOther && fault.other() > nodes);
        return gone
                ? Stream.empty()
                : Stream.of(new Fault(
                        fault.atNanos(), fault.kind(), fault.target(), fault.other(), fault.forNanos(), side));
    }

    private void fewerResources() {
        for (String resource : resources()) {
            List<String> rest =
                    resources().stream().filter(name -> !name.equals(resource)).toList();
            if (!rest.isEmpty()) {
                keepIfSame(in(ClusterPlan.policy(voters(), rest)));
            }
        }
    }

    private void calmerWeather() {
        WorldOptions world = smallest.scenario().world();
        WorldOptions calm = WorldOptions.calm(world.seed(), world.policy());
        keepIfSame(smallest.scenario().withWorld(calm));
        keepIfSame(smallest.scenario().withRequestEvery(FEW_REQUESTS));
        if (voters().waitForAll()) {
            keepIfSame(in(ClusterPlan.policy(voters().withoutWaiting(), resources())));
        }
        Network.Quality clean = calm.quality();
        keepIfSame(smallest.scenario().withWorld(withQuality(smallest.scenario().world(), clean)));
    }

    private static WorldOptions withQuality(WorldOptions world, Network.Quality quality) {
        return new WorldOptions(
                world.seed(),
                world.policy(),
                world.tokenTimeout(),
                world.detectionFloor(),
                quality,
                world.probeInterval(),
                world.forceTakes(),
                world.maxHopNanos(),
                world.maxDriftPartsPerMillion(),
                world.rebootTakes(),
                world.mixedLevels(),
                world.sealed());
    }

    /** Halves the time before each fault, for as long as that changes nothing. */
    private void lessTime() {
        for (int i = 0; i < smallest.scenario().faults().size(); i++) {
            while (gapBefore(i) > SHORTEST_GAP_NANOS && keepIfSame(earlier(i, gapBefore(i) / 2))) {
                // again
            }
        }
    }

    private long gapBefore(int index) {
        List<Fault> faults = smallest.scenario().faults();
        return faults.get(index).atNanos()
                - (index == 0 ? 0 : faults.get(index - 1).atNanos());
    }

    /** All faults from this one on come earlier by so much, and the run ends earlier too. */
    private Scenario earlier(int from, long byNanos) {
        Scenario scenario = smallest.scenario();
        List<Fault> faults = new ArrayList<>(scenario.faults());
        for (int i = from; i < faults.size(); i++) {
            Fault fault = faults.get(i);
            faults.set(
                    i,
                    new Fault(
                            fault.atNanos() - byNanos,
                            fault.kind(),
                            fault.target(),
                            fault.other(),
                            fault.forNanos(),
                            fault.strength()));
        }
        return scenario.withFaults(faults).withFaultyTime(scenario.faultyTime().minusNanos(byNanos));
    }

    private boolean keepIfSame(Scenario smaller) {
        if (!hasTime.getAsBoolean() || smaller.equals(smallest.scenario())) {
            return false;
        }
        trials++;
        Script script = smallest.with(smaller);
        Optional<Verdict> verdict = trial.of(script);
        boolean same = verdict.filter(found -> found.rule().equals(rule)).isPresent();
        if (same) {
            smallest = script;
        }
        return same;
    }

    private Scenario in(ClusterPolicy other) {
        WorldOptions world = smallest.scenario().world();
        return smallest.scenario()
                .withWorld(new WorldOptions(
                        world.seed(),
                        other,
                        world.tokenTimeout(),
                        world.detectionFloor(),
                        world.quality(),
                        world.probeInterval(),
                        world.forceTakes(),
                        world.maxHopNanos(),
                        world.maxDriftPartsPerMillion(),
                        world.rebootTakes(),
                        world.mixedLevels(),
                        world.sealed()));
    }

    private ClusterPolicy policy() {
        return smallest.scenario().world().policy();
    }

    private Voters voters() {
        return Voters.of(policy());
    }

    private List<String> resources() {
        return policy().primitives().map(Primitive::id).toList();
    }
}
