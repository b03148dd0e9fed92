package dev.ha4j.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ha4j.api.config.ClusterConfig;
import dev.ha4j.api.config.NodeSpec;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that is closed leaves nothing behind. */
class CloseTest {

    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    @TempDir
    Path directory;

    @Test
    void threadsSocketsAndDirectoryAreGivenBack() throws IOException {
        ClusterConfig config = Loopback.single("closed").build();
        Loopback cluster = new Loopback(directory, config);
        live(cluster);

        assertThat(cluster.threads()).isEmpty();
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port(config))).close();
        live(cluster);
    }

    @Test
    void noFileStaysOpen() throws IOException {
        assumeTrue(Files.isDirectory(OPEN_FILES), "this system does not show open files");
        Loopback cluster = new Loopback(directory, Loopback.single("files").build());
        live(cluster);
        long before = openFiles();
        for (int life = 0; life < 3; life++) {
            live(cluster);
        }
        assertThat(openFiles()).isLessThanOrEqualTo(before);
    }

    private static void live(Loopback cluster) {
        try (HaNode node = cluster.node("a").start()) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> node.report().quorum().quorate());
        }
    }

    private static int port(ClusterConfig config) {
        NodeSpec node = config.policy().node("a").orElseThrow();
        return node.links().get(0).port();
    }

    private static long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(OPEN_FILES)) {
            return files.count();
        }
    }
}
