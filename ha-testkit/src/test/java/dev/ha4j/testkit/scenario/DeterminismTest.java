package dev.ha4j.testkit.scenario;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.testkit.junit.HaCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A scenario is a function of its seed. */
class DeterminismTest {

    private static final TreeSet<Long> SEEN = new TreeSet<>();

    @Test
    void oneSeedGivesOneTrace() {
        List<String> first = trace(17);
        assertThat(trace(17)).isEqualTo(first);
        assertThat(trace(18)).isNotEqualTo(first);
    }

    private static List<String> trace(long seed) {
        List<String> lines = new ArrayList<>();
        try (SimulatedCluster cluster = SimulatedCluster.of(3, seed, true).trace(lines::add)) {
            cluster.host("ledger", () -> new Ledger.Writing(cluster));
            cluster.partition("a").from("b", "c").run(ofSeconds(20));
            cluster.heal().run(ofSeconds(10));
        }
        return lines;
    }

    @HaCluster(seeds = 3)
    void eachSeedIsRun(SimulatedCluster cluster) {
        cluster.host("ledger", Ledger.Quiet::new).run(ofSeconds(1));
        SEEN.add(cluster.seed());
    }

    @AfterAll
    static void allSeedsWereRun() {
        assertThat(SEEN).hasSize(3);
    }
}
