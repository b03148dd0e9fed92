package dev.ha4j.examples.rules;

import static dev.ha4j.api.Role.PROMOTED;
import static dev.ha4j.api.config.ColocationSet.chain;
import static dev.ha4j.api.config.ColocationSet.each;
import static dev.ha4j.api.config.Constraints.colocate;
import static dev.ha4j.api.config.Constraints.location;
import static dev.ha4j.api.config.Constraints.order;
import static dev.ha4j.api.config.Constraints.ticket;
import static dev.ha4j.api.config.Expression.allOf;
import static dev.ha4j.api.config.Expression.onNode;
import static dev.ha4j.api.config.OrderSet.inOrder;
import static dev.ha4j.api.config.OrderSet.inParallel;
import static java.time.Duration.ofSeconds;

import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.config.AuthKey;
import dev.ha4j.api.config.Calendar;
import dev.ha4j.api.config.ClusterConfig;
import dev.ha4j.api.config.ClusterOptions;
import dev.ha4j.api.config.HealthOptions;
import dev.ha4j.api.config.LossPolicy;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.PlacementStrategy;
import dev.ha4j.api.config.Primitive;

/** One of two sites that share a database; only the one with the ticket writes. */
public final class SiteConfig {

    private SiteConfig() {}

    /** The configuration of this site, the same on all three nodes. */
    public static ClusterConfig of(AuthKey key) {
        return ClusterConfig.named("vienna")
                .node(NodeSpec.of(1, "a", "10.0.0.1").capacity("memoryMiB", 8_192))
                .node(NodeSpec.of(2, "b", "10.0.0.2").capacity("memoryMiB", 8_192))
                .node(NodeSpec.of(3, "c", "10.0.0.3").capacity("memoryMiB", 4_096))
                .authKey(key)
                .resource(resource("disk"))
                .resource(resource("net"))
                .resource(resource("db").uses("memoryMiB", 3_000))
                .resource(resource("api")
                        .uses("memoryMiB", 1_000)
                        .parameter("port", "80")
                        .parameter("threads", "16")
                        .reloadable("threads"))
                .resource(resource("batch").when(Calendar.inUtc().weekdays(6, 7), it -> it.stickiness(0)))
                .promotable("pg", p -> p.requires(ProofLevel.SELF_LEASE).monitorEvery(ofSeconds(10), PROMOTED))
                .options(ClusterOptions.DEFAULTS
                        .withDefaultStickiness(100)
                        .withPlacement(PlacementStrategy.BALANCED)
                        .withHealth(HealthOptions.of(HealthOptions.Strategy.MIGRATE_ON_RED)))
                .constraint(order(inParallel("disk", "net")).then(inOrder("db", "api")))
                .constraint(colocate(each("db", "api")).with(chain("disk", "net")))
                .constraint(ticket("site").guards("pg", PROMOTED).onLoss(LossPolicy.DEMOTE))
                .constraint(location("batch")
                        .when(
                                allOf(
                                        onNode("a"),
                                        Calendar.in("Europe/Vienna")
                                                .weekdays(1, 5)
                                                .hours(8, 17)),
                                -1_000))
                .build();
    }

    private static Primitive resource(String name) {
        return Primitive.of(name).requires(ProofLevel.SELF_LEASE).monitorEvery(ofSeconds(10));
    }
}
