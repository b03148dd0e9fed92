package dev.ha4j.qnetd.netty;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.TieBreaker;
import dev.ha4j.qnetd.Algorithm;
import dev.ha4j.qnetd.QnetdSettings;
import dev.ha4j.qnetd.TlsMode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Two devices of ours and a real corosync-qnetd. Arguments: a folder with the script {@code qnetd}, that starts the daemon, and
 * with certificates; its port; rounds.
 */
final class QnetdInterop {

    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Path folder;
    private final InetSocketAddress address;
    private final boolean encrypted;
    private Process daemon;
    private QnetdDevice one;
    private QnetdDevice two;
    private long ring = 8;
    private final List<Long> decisionsMillis = new ArrayList<>();

    private QnetdInterop(Path folder, int port, boolean encrypted) throws IOException {
        this.folder = folder;
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.encrypted = encrypted;
        this.daemon = startDaemon();
        this.one = device(1);
        this.two = device(2);
    }

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        int rounds = Integer.parseInt(args[2]);
        StringBuilder summary = new StringBuilder("corosync-qnetd, ffsplit, " + rounds + " rounds:");
        for (boolean encrypted : new boolean[] {false, true}) {
            QnetdInterop interop = new QnetdInterop(folder, Integer.parseInt(args[1]), encrypted);
            try {
                for (int round = 0; round < rounds; round++) {
                    interop.round(round % 2 == 0);
                }
                summary.append(encrypted ? " TLS" : " plain")
                        .append(", slowest decision ")
                        .append(interop.decisionsMillis.stream()
                                .mapToLong(Long::longValue)
                                .max()
                                .orElse(0))
                        .append(" ms;");
            } finally {
                interop.close();
            }
        }
        System.out.println(summary);
        System.exit(0);
    }

    private Process startDaemon() throws IOException {
        return new ProcessBuilder(folder.resolve("qnetd").toString(), encrypted ? "req" : "off")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("qnetd.log").toFile()))
                .start();
    }

    private QnetdDevice device(int id) throws IOException {
        SortedSet<NodeId> nodes = nodes(1, 2);
        QnetdSettings settings = new QnetdSettings(
                        "orders",
                        NodeId.of(id),
                        nodes,
                        1,
                        Algorithm.FFSPLIT,
                        TieBreaker.LOWEST,
                        Duration.ofSeconds(2),
                        encrypted ? TlsMode.REQUIRED : TlsMode.OFF)
                .keepingActivePartition();
        if (!encrypted) {
            return QnetdDevice.plain(settings, address);
        }
        Path authority = folder.resolve("etc/qnetd/nssdb/qnetd-cacert.crt");
        Path keys = folder.resolve("etc/qdevice/net/nssdb/qdevice-net-node.p12");
        return QnetdDevice.encrypted(settings, address, QnetdTls.of(authority, keys, new char[0]));
    }

    /** Together; then one is killed; together; then divided; together; then the daemon is started anew. */
    private void round(boolean killFirst) throws IOException {
        together("both have the vote");
        kill(killFirst);
        together("both have it again");
        divide();
        together("together again");
        restartDaemon();
    }

    private void together(String what) {
        ring += 4;
        one.ask(ring, nodes(1, 2), vote -> {});
        two.ask(ring, nodes(1, 2), vote -> {});
        expect(what, () -> has(one) && has(two));
    }

    private void kill(boolean first) throws IOException {
        ring += 4;
        long begun = System.nanoTime();
        if (first) {
            one.close();
            two.ask(ring, nodes(2), vote -> {});
            expect("node 2 has the vote after node 1 is gone", () -> has(two));
            one = device(1);
            AtomicBoolean refused = new AtomicBoolean();
            one.ask(ring, nodes(1), answer -> refused.set(!answer.granted()));
            expect("node 2 keeps the vote though node 1 has the tie breaker", () -> refused.get() && has(two));
        } else {
            two.close();
            one.ask(ring, nodes(1), vote -> {});
            expect("node 1 has the vote after node 2 is gone", () -> has(one));
            two = device(2);
        }
        decisionsMillis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
    }

    private void divide() {
        ring += 4;
        long begun = System.nanoTime();
        one.ask(ring, nodes(1), vote -> {});
        two.ask(ring, nodes(2), vote -> {});
        expect("node 1 has the vote alone", () -> has(one) && hasNot(two));
        decisionsMillis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
    }

    private void restartDaemon() throws IOException {
        stopDaemon();
        expect("nobody has the vote without the daemon", () -> !has(one) && hasNot(two));
        daemon = startDaemon();
        expect("both have it when the daemon is back", () -> has(one) && has(two));
    }

    private boolean has(QnetdDevice device) {
        QnetdDevice.Status status = device.status();
        return status.ringSequence() == ring && status.granted();
    }

    private boolean hasNot(QnetdDevice device) {
        QnetdDevice.Status status = device.status();
        return status.ringSequence() == ring && !status.granted();
    }

    private void expect(String what, BooleanSupplier condition) {
        long begun = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - begun > LIMIT_NANOS) {
                throw new IllegalStateException(
                        "not true within a minute: " + what + "; 1 " + one.status() + ", 2 " + two.status());
            }
            LockSupport.parkNanos(1_000_000);
        }
        System.out.printf(
                "%-5s %-45s %5d ms%n",
                encrypted ? "TLS" : "plain", what, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
    }

    private void stopDaemon() {
        daemon.descendants().forEach(ProcessHandle::destroyForcibly);
        daemon.destroyForcibly();
        try {
            daemon.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void close() {
        one.close();
        two.close();
        stopDaemon();
    }

    private static SortedSet<NodeId> nodes(Integer... ids) {
        TreeSet<NodeId> nodes = new TreeSet<>();
        for (int id : ids) {
            nodes.add(NodeId.of(id));
        }
        return nodes;
    }
}
