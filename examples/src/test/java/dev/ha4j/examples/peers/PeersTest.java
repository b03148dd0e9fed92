package dev.ha4j.examples.peers;

import static dev.ha4j.testkit.scenario.ScenarioAssertions.assertThat;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.Health;
import dev.ha4j.api.Notice;
import dev.ha4j.api.NotifiedResource;
import dev.ha4j.api.OperationContext;
import dev.ha4j.api.PromotableResource;
import dev.ha4j.api.Promotion;
import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.Role;
import dev.ha4j.api.config.AuthKey;
import dev.ha4j.api.config.ClusterConfig;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.config.PromotableSpec;
import dev.ha4j.testkit.junit.HaCluster;
import dev.ha4j.testkit.scenario.SimulatedCluster;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Replicas that have to know who leads, before somebody does. */
class PeersTest {

    private final List<String> heard = new CopyOnWriteArrayList<>();

    @HaCluster(seeds = 3)
    void allWhoRunHearOfALeaderBeforeAndAfterItLeads(SimulatedCluster cluster) {
        cluster.hostPromotable("pg", PromotableSpec::notified, () -> new Replica(cluster, heard))
                .run(ofSeconds(1))
                .run(ofSeconds(20));
        String first = cluster.leader("pg");
        heard.clear();
        cluster.kill(first).run(ofSeconds(30));
        String second = cluster.leader("pg");
        List<String> others = List.of("a", "b", "c").stream()
                .filter(node -> !node.equals(first) && !node.equals(second))
                .toList();
        assertThat(others)
                .allSatisfy(node -> assertThat(heard)
                        .contains(node + " AFTER STOP [" + first + "]")
                        .containsSubsequence(
                                node + " BEFORE PROMOTE [" + second + "]",
                                second + " leads",
                                node + " AFTER PROMOTE [" + second + "]"));
        assertThat(heard)
                .as("who leads has heard of the end of the one before")
                .containsSubsequence(second + " AFTER STOP [" + first + "]", second + " leads");
    }

    /** It costs the notice's timeout, and no more; also if it is the one that is to lead, which knows nothing of the others then. */
    @HaCluster
    void oneThatDoesNotAnswerHoldsUpTheOthersForItsTimeoutOnly(SimulatedCluster cluster) {
        cluster.hostPromotable("pg", PromotableSpec::notified, () -> new Replica(cluster, heard, false))
                .run(ofSeconds(1))
                .run(ofSeconds(20));
        String first = cluster.leader("pg");
        String deaf = List.of("a", "b", "c").stream()
                .filter(node -> !node.equals(first))
                .findFirst()
                .orElseThrow();
        cluster.operationHangs("pg", OperationName.NOTIFY, deaf).kill(first).run(ofSeconds(60));
        assertThat(cluster.findLeader("pg")).isPresent();
        assertThat(cluster.acts("pg")).neverOverlap().haveRisingTokens();
    }

    @HaCluster
    void theyHearOfNodesByTheirNames(SimulatedCluster cluster) {
        ClusterConfig config = ClusterConfig.named("replicas")
                .node(1, "north", "10.0.0.1")
                .node(2, "south", "10.0.0.2")
                .node(3, "west", "10.0.0.3")
                .authKey(AuthKey.of(new byte[AuthKey.KEY_BYTES]))
                .promotable("pg", spec -> spec.notified().requires(ProofLevel.SELF_LEASE))
                .build();
        cluster.configure(config).host("pg", () -> new Replica(cluster, heard)).run(ofSeconds(40));
        String first = cluster.leader("pg");
        cluster.kill(first).run(ofSeconds(60));
        String second = cluster.leader("pg");
        assertThat(List.of("north", "south", "west")).contains(first, second);
        assertThat(heard).contains(second + " AFTER STOP [" + first + "]", second + " AFTER PROMOTE [" + second + "]");
    }

    private static final class Replica implements PromotableResource, NotifiedResource {

        private final SimulatedCluster cluster;
        private final List<String> heard;
        private final boolean reliesOnNotices;
        private SortedMap<String, Role> peers = new TreeMap<>();
        private Health role = Health.NOT_RUNNING;

        Replica(SimulatedCluster cluster, List<String> heard) {
            this(cluster, heard, true);
        }

        Replica(SimulatedCluster cluster, List<String> heard, boolean reliesOnNotices) {
            this.cluster = cluster;
            this.heard = heard;
            this.reliesOnNotices = reliesOnNotices;
        }

        @Override
        public void notified(Notice notice, OperationContext operation) {
            notice.operations()
                    .forEach((done, nodes) ->
                            heard.add(operation.node() + " " + notice.phase() + " " + done + " " + nodes));
            peers = notice.active();
        }

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
            if (reliesOnNotices) {
                assertThat(peers).as("nobody else leads").doesNotContainValue(Role.PROMOTED);
            }
            heard.add(cluster.here() + " leads");
            role = Health.PROMOTED;
        }

        @Override
        public void demote(OperationContext operation) {
            role = Health.RUNNING;
        }

        @Override
        public Health monitor(OperationContext operation) {
            return role;
        }
    }
}
