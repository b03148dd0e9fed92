package dev.ha4j.examples.rules;

import static dev.ha4j.testkit.scenario.ScenarioAssertions.assertThat;
import static java.time.Duration.ofSeconds;

import dev.ha4j.api.Health;
import dev.ha4j.api.OperationContext;
import dev.ha4j.api.PromotableResource;
import dev.ha4j.api.Promotion;
import dev.ha4j.api.ReloadableResource;
import dev.ha4j.api.config.AuthKey;
import dev.ha4j.api.config.ClusterConfig;
import dev.ha4j.api.config.HealthColor;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.testkit.junit.HaCluster;
import dev.ha4j.testkit.scenario.SimulatedCluster;

/** The site's rules, tried out in virtual time. */
class SiteTest {

    @HaCluster
    void onlyASiteWithTheTicketWrites(SimulatedCluster cluster) {
        ClusterConfig config = SiteConfig.of(AuthKey.of(new byte[AuthKey.KEY_BYTES]));
        cluster.configure(config);
        config.policy()
                .primitives()
                .map(Primitive::id)
                .filter(name -> !name.equals("pg"))
                .forEach(name -> cluster.host(name, Part::new));
        cluster.host("pg", Database::new);

        cluster.start().run(ofSeconds(40));
        assertThat(cluster).isLedByNobody("pg");
        cluster.grantTicket("site").run(ofSeconds(20));
        String leader = cluster.leader("pg");
        cluster.health(leader, "disk", HealthColor.RED).run(ofSeconds(30));
        cluster.health(leader, "disk", HealthColor.GREEN).run(ofSeconds(30));
        assertThat(cluster).hasConverged();
        cluster.revokeTicket("site").run(ofSeconds(20));
        assertThat(cluster).isLedByNobody("pg");
    }

    /** Anything that runs. */
    private static final class Part implements ReloadableResource {
        private boolean running;

        @Override
        public void start(OperationContext operation) {
            running = true;
        }

        @Override
        public void stop(OperationContext operation) {
            running = false;
        }

        @Override
        public void reload(OperationContext operation) {}

        @Override
        public Health monitor(OperationContext operation) {
            return running ? Health.RUNNING : Health.NOT_RUNNING;
        }
    }

    /** Writes where it is promoted. */
    private static final class Database implements PromotableResource {
        private Health role = Health.NOT_RUNNING;

        @Override
        public void start(OperationContext operation) {
            role = Health.RUNNING;
            operation.promotionScore(10);
        }

        @Override
        public void stop(OperationContext operation) {
            role = Health.NOT_RUNNING;
        }

        @Override
        public void promote(Promotion promotion) {
            role = Health.PROMOTED;
        }

        @Override
        public void demote(OperationContext operation) {
            role = Health.RUNNING;
        }

        @Override
        public Health monitor(OperationContext operation) {
            operation.promotionScore(10);
            return role;
        }
    }
}
