package dev.ha4j.totem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What nodes say and do, step by step, without tokens, in files to be read. {@code -Dgolden.rewrite=true} writes them
 * anew; the difference is then for a reviewer.
 */
class GoldenTranscriptTest {

    private static final Path DIRECTORY = Path.of("src", "test", "resources", "golden");
    private static final long MILLI = 1_000_000L;

    @Test
    void formation() throws IOException {
        SimulatedCluster cluster = quietCluster(3);
        cluster.startLog();
        IntStream.rangeClosed(1, 3).forEach(cluster::boot);
        cluster.run(200 * MILLI);
        compare("formation", cluster);
    }

    @Test
    void tokenLoss() throws IOException {
        SimulatedCluster cluster = formedCluster(3);
        cluster.refusals = false;
        cluster.startLog();
        cluster.crash(2);
        cluster.run(1_300 * MILLI);
        compare("token-loss", cluster);
    }

    @Test
    void merge() throws IOException {
        SimulatedCluster cluster = formedCluster(3);
        cluster.partition(Set.of(3));
        cluster.run(3_000 * MILLI);
        cluster.startLog();
        cluster.heal();
        cluster.run(300 * MILLI);
        compare("merge", cluster);
    }

    /** Node 3 misses a message, and its sender dies: node 2 repeats it. */
    @Test
    void recovery() throws IOException {
        SimulatedCluster cluster = formedCluster(3);
        cluster.startLog();
        cluster.cut(1, 3);
        cluster.node(1).submit(DeliveryGuarantee.AGREED, Lane.CONTROL, 20);
        cluster.run(MILLI);
        cluster.crash(1);
        cluster.run(300 * MILLI);
        compare("recovery", cluster);
    }

    private static SimulatedCluster quietCluster(int size) {
        SimulatedCluster cluster = new SimulatedCluster(
                RingConfig.builder()
                        .nodes(IntStream.rangeClosed(1, size)
                                .mapToObj(NodeId::of)
                                .toList())
                        .build(),
                1);
        cluster.minDelay = 100_000;
        cluster.maxDelay = 100_000;
        return cluster;
    }

    private static SimulatedCluster formedCluster(int size) {
        SimulatedCluster cluster = quietCluster(size);
        IntStream.rangeClosed(1, size).forEach(cluster::boot);
        assertThat(cluster.runUntilSettled(3_000 * MILLI)).isTrue();
        return cluster;
    }

    private static void compare(String name, SimulatedCluster cluster) throws IOException {
        Path file = DIRECTORY.resolve(name + ".txt");
        if (Boolean.getBoolean("golden.rewrite")) {
            Files.createDirectories(DIRECTORY);
            Files.writeString(file, cluster.transcript);
        }
        assertThat(cluster.transcript.toString()).isEqualTo(Files.readString(file));
    }
}
