package dev.ha4j.resources;

import static dev.ha4j.api.config.Constraints.colocate;
import static dev.ha4j.api.config.Constraints.location;
import static dev.ha4j.api.config.Constraints.order;

import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.Role;
import dev.ha4j.api.config.Clone;
import dev.ha4j.api.config.CloneOptions;
import dev.ha4j.api.config.Constraint;
import dev.ha4j.api.config.Group;
import dev.ha4j.api.config.MetaOptions;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.config.ResourceSpec;
import dev.ha4j.api.state.Presence;
import dev.ha4j.api.state.ReturnCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for any plan, tried on small random clusters to which random things happen. The seed is the test's name. */
class PlanPropertiesTest {

    private static final int SEEDS = 400;
    private static final int EVENTS = 12;

    static List<Integer> seeds() {
        List<Integer> seeds = new ArrayList<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            seeds.add(seed);
        }
        return seeds;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void plansAreSafeAndComeToAnEnd(int seed) {
        Random random = new Random(seed);
        TestCluster cluster = new TestCluster(2 + random.nextInt(3));
        if (random.nextInt(4) > 0) {
            cluster.fenceable();
        }
        int resources = 1 + random.nextInt(4);
        for (int i = 0; i < resources; i++) {
            cluster.resources(resource(random, "r" + i));
        }
        cluster.constraints(constraints(random, resources));
        World world = new World(cluster);
        for (int event = 0; event < EVENTS; event++) {
            disturb(random, cluster, world, resources);
            advance(random, world);
        }
        world.settle();
    }

    private static void advance(Random random, World world) {
        if (random.nextBoolean()) {
            world.settle();
        } else {
            world.carryOut(random, random.nextInt(4));
        }
    }

    private static ResourceSpec resource(Random random, String name) {
        Primitive primitive =
                Primitive.of(name).stickiness(random.nextInt(3) * 50).priority(random.nextInt(3));
        if (random.nextBoolean()) {
            primitive = primitive.monitorEvery(Duration.ofSeconds(10));
        }
        return switch (random.nextInt(5)) {
            case 0 ->
                new Group(name + "-group", MetaOptions.DEFAULTS, List.of(primitive, Primitive.of(name + "-second")));
            case 1 -> Clone.of(primitive, CloneOptions.EVERYWHERE.withMax(1 + random.nextInt(3)));
            case 2 -> Clone.of(primitive, CloneOptions.ONE_PROMOTED);
            default -> primitive;
        };
    }

    private static Constraint[] constraints(Random random, int resources) {
        List<Constraint> constraints = new ArrayList<>();
        for (int i = 0; i < resources; i++) {
            String own = "r" + i;
            String node = TestCluster.name(random.nextInt(2));
            String earlier = "r" + (i == 0 ? 0 : random.nextInt(i));
            switch (random.nextInt(7)) {
                case 0 -> constraints.add(location(own).prefers(node, random.nextInt(300)));
                case 1 -> constraints.add(location(own).avoids(node));
                case 2 -> constraints.add(colocate(own).with(earlier));
                case 3 -> constraints.add(colocate(own).apartFrom(earlier));
                case 4 -> constraints.add(order(earlier).then(own));
                case 5 -> {
                    constraints.add(order(earlier).then(own));
                    constraints.add(colocate(own).with(earlier).score(random.nextInt(2) * 999_900 + 100));
                }
                default -> {}
            }
        }
        constraints.removeIf(constraint -> constraint.id().matches(".*-(r\\d)-(start-)?\\1$"));
        return constraints.toArray(Constraint[]::new);
    }

    private static void disturb(Random random, TestCluster cluster, World world, int resources) {
        String node =
                TestCluster.name(random.nextInt(cluster.state.policy().nodes().size()));
        String resource = "r" + random.nextInt(resources);
        boolean member = cluster.state.node(TestCluster.id(node)).isMember();
        switch (random.nextInt(9)) {
            case 0 -> {
                if (member) {
                    cluster.lose(node);
                }
            }
            case 1 -> {
                if (!member) {
                    world.restart(node);
                }
            }
            case 2 -> cluster.node(node, status -> status.withStandby(!status.standby()));
            case 3 -> {
                if (world.isActive(node, resource) && member) {
                    cluster.record(node, resource, OperationName.MONITOR, 10_000, ReturnCode.GENERIC_ERROR);
                }
            }
            case 4 -> cluster.promotionScore(node, resource, random.nextInt(100));
            case 5 -> {
                if (member) {
                    cluster.node(node, status -> status.withLeaving(true));
                }
            }
            case 6 -> {
                if (cluster.state.node(TestCluster.id(node)).presence() == Presence.LOST) {
                    cluster.node(node, status -> status.withProof(status.proof().with(ProofLevel.SELF_LEASE)));
                }
            }
            case 7 -> {
                if (world.isActive(node, resource) && member) {
                    cluster.record(node, resource, OperationName.STOP, 0, ReturnCode.GENERIC_ERROR);
                }
            }
            default ->
                cluster.state
                        .policy()
                        .resource(resource)
                        .filter(Primitive.class::isInstance)
                        .map(Primitive.class::cast)
                        .ifPresent(spec -> cluster.replaceResource(
                                spec.targetRole(random.nextInt(3) == 0 ? Role.STOPPED : Role.STARTED)));
        }
    }
}
