package dev.ha4j.qnetd.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.TieBreaker;
import dev.ha4j.qnetd.Algorithm;
import dev.ha4j.qnetd.Heuristics;
import dev.ha4j.qnetd.QnetdSettings;
import dev.ha4j.qnetd.TlsMode;
import dev.ha4j.qnetd.WitnessSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices and a witness on loopback. */
class SocketsTest {

    private static final Duration HEARTBEAT = Duration.ofSeconds(3);
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private static QnetdSettings settings(int self, TlsMode tls) {
        return settings(self, tls, HEARTBEAT);
    }

    private static QnetdSettings settings(int self, TlsMode tls, Duration heartbeat) {
        TreeSet<NodeId> nodes = new TreeSet<>(List.of(NodeId.of(1), NodeId.of(2)));
        return new QnetdSettings(
                "orders", NodeId.of(self), nodes, 1, Algorithm.FFSPLIT, TieBreaker.LOWEST, heartbeat, tls);
    }

    private static SortedSet<NodeId> nodes(Integer... ids) {
        TreeSet<NodeId> nodes = new TreeSet<>();
        for (int id : ids) {
            nodes.add(NodeId.of(id));
        }
        return nodes;
    }

    @Test
    void theVoteFollowsTheSurvivorAndSurvivesARestartOfTheWitness() throws IOException {
        WitnessServer witness = WitnessServer.start(WitnessSettings.PLAIN, ANY, Optional.empty());
        InetSocketAddress address = witness.address();
        try (QnetdDevices devices = new QnetdDevices(
                QnetdDevice.plain(settings(1, TlsMode.OFF), address),
                QnetdDevice.plain(settings(2, TlsMode.OFF), address))) {
            devices.one().ask(8, nodes(1, 2), vote -> {});
            devices.two().ask(8, nodes(1, 2), vote -> {});
            await().atMost(LIMIT)
                    .until(() -> devices.one().status().granted()
                            && devices.two().status().granted());
            witness.close();
            await().atMost(LIMIT)
                    .until(() -> !devices.one().status().granted()
                            && !devices.two().status().granted());
            try (WitnessServer again = WitnessServer.start(WitnessSettings.PLAIN, address, Optional.empty())) {
                await().atMost(LIMIT).until(() -> devices.one().status().granted());
                devices.one().close();
                devices.two().ask(12, nodes(2), vote -> {});
                await().atMost(LIMIT).until(() -> devices.two().status().granted());
                assertThat(again.address()).isEqualTo(address);
            }
        }
    }

    @Test
    void certificatesAreCheckedOnBothSides(@TempDir Path folder) throws Exception {
        Certificates certificates = Certificates.in(folder);
        QnetdTls server = certificates.holder("server", QnetdTls.SERVER_NAME);
        try (WitnessServer witness = WitnessServer.start(WitnessSettings.TLS, ANY, Optional.of(server))) {
            QnetdSettings first = settings(1, TlsMode.REQUIRED);
            try (QnetdDevices devices = new QnetdDevices(
                    QnetdDevice.encrypted(first, witness.address(), certificates.holder("orders", "orders")),
                    QnetdDevice.encrypted(
                            settings(2, TlsMode.REQUIRED),
                            witness.address(),
                            certificates.holder("billing", "billing")))) {
                devices.one().ask(8, nodes(1), vote -> {});
                devices.two().ask(8, nodes(2), vote -> {});
                await().atMost(LIMIT).until(() -> devices.one().status().granted());
                await().atMost(LIMIT)
                        .until(() -> devices.two().status().problem().orElse("").contains("closed"));
                assertThat(devices.two().status().granted()).isFalse();
            }
        }
    }

    @Test
    void theVoteGoesToTheOtherHalfWhenTheChecksOfOneFailLater() throws IOException {
        AtomicReference<Heuristics> found = new AtomicReference<>(Heuristics.PASS);
        QnetdSettings first = settings(1, TlsMode.OFF, QnetdSettings.MIN_HEARTBEAT);
        QnetdSettings second = settings(2, TlsMode.OFF, QnetdSettings.MIN_HEARTBEAT);
        try (WitnessServer witness = WitnessServer.start(WitnessSettings.PLAIN, ANY, Optional.empty());
                QnetdDevices devices = new QnetdDevices(
                        QnetdDevice.checked(
                                first,
                                witness.address(),
                                Optional.empty(),
                                () -> CompletableFuture.completedFuture(found.get())),
                        QnetdDevice.checked(
                                second,
                                witness.address(),
                                Optional.empty(),
                                () -> CompletableFuture.completedFuture(Heuristics.PASS)))) {
            devices.one().ask(8, nodes(1), vote -> {});
            devices.two().ask(8, nodes(2), vote -> {});
            await().atMost(LIMIT).until(() -> devices.one().status().granted());

            found.set(Heuristics.FAIL);

            await().atMost(LIMIT).until(() -> devices.two().status().granted());
            assertThat(devices.one().status().granted()).isFalse();
        }
    }

    @Test
    void garbageIsAnsweredAndTheConnectionClosed() throws IOException {
        try (WitnessServer witness = WitnessServer.start(WitnessSettings.PLAIN, ANY, Optional.empty());
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), witness.address().getPort())) {
            socket.getOutputStream().write(new byte[] {0, 99, 0, 0, 0, 0});
            byte[] answer = socket.getInputStream().readAllBytes();
            assertThat(answer).startsWith(0, 5);
        }
    }

    /** Two devices that are closed together. */
    private record QnetdDevices(QnetdDevice one, QnetdDevice two) implements AutoCloseable {
        @Override
        public void close() {
            one.close();
            two.close();
        }
    }
}
