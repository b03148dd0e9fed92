package dev.ha4j.corosync.node;

import dev.ha4j.corosync.CorosyncConfig;
import dev.ha4j.corosync.CorosyncListener;
import dev.ha4j.corosync.CorosyncReport;
import dev.ha4j.corosync.CpgListener;
import dev.ha4j.totem.RingSequences;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A full member of a ring of {@code corosync} processes, over {@code knet} or {@code udpu}: it is counted in their quorum, and exchanges
 * messages with clients of their closed process groups. What is sent over {@code knet} is encrypted if {@link
 * dev.ha4j.corosync.KnetSecurity} says so; nothing on {@code udpu} is encrypted or authenticated.
 *
 * <p>Has two daemon threads: {@code ha4j-corosync-<node>} for the ring, {@code ha4j-corosync-<node>-deliveries} for listeners. All methods
 * may be called from any thread; only {@link #start}, {@link CpgGroup#send} and {@link #close} block.
 */
public final class CorosyncNode implements AutoCloseable {

    /** Messages that are not on the ring yet. */
    public static final long MAX_WAITING_BYTES = 4 << 20;

    /** Deliveries that wait for listeners. A node whose listeners are farther behind leaves the ring, and {@code failed} tells so. */
    public static final long MAX_DELIVERY_BYTES = 256L << 20;

    private static final int MAX_GROUP_NAME_BYTES = 127;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Driver driver;
    private final SendBudget budget = new SendBudget(MAX_WAITING_BYTES);
    private final Deliveries deliveries;
    private final Listeners listeners;

    private CorosyncNode(CorosyncConfig config, RingSequences sequences, CorosyncListener listener) throws IOException {
        String name = "ha4j-corosync-" + config.self() + "-deliveries";
        deliveries = new Deliveries(name, MAX_DELIVERY_BYTES);
        listeners = new Listeners(listener, deliveries, this::close);
        driver = new Driver(config, pid(), sequences, budget, listeners);
    }

    private static int pid() {
        return (int) ProcessHandle.current().pid();
    }

    /**
     * Binds the node's own addresses and looks for the others.
     *
     * @param sequences what the node has to remember over restarts, so that no ring gets the name of an old one; {@link
     *     dev.ha4j.totem.netty.FileRingSequences} keeps it in a file
     * @throws IOException if an address can't be bound; nothing is left behind then
     */
    public static CorosyncNode start(CorosyncConfig config, RingSequences sequences, CorosyncListener listener)
            throws IOException {
        CorosyncNode node = new CorosyncNode(config, sequences, listener);
        node.deliveries.start();
        node.driver.start();
        return node;
    }

    /**
     * Joins a closed process group. Does not wait: the listener's first change says that it is joined. Messages may be sent before.
     *
     * @param group its name, at most 127 bytes in UTF-8
     * @throws IllegalStateException if the group is joined here already, or the node closed
     */
    public CpgGroup join(String group, CpgListener listener) {
        byte[] name = group.getBytes(StandardCharsets.UTF_8);
        if (name.length == 0 || name.length > MAX_GROUP_NAME_BYTES) {
            throw new IllegalArgumentException(
                    "a group's name has 1 to " + MAX_GROUP_NAME_BYTES + " bytes, not " + name.length);
        }
        String onWire = new String(name, StandardCharsets.ISO_8859_1);
        listeners.add(onWire, listener);
        if (!driver.tryExecute(() -> driver.engine().join(onWire))) {
            throw new IllegalStateException("the node is closed");
        }
        return new CpgGroup(onWire, this);
    }

    void send(String group, byte[] payload) throws InterruptedException {
        listeners.requireJoined(group);
        if (driver.isOnThread()) {
            throw new IllegalStateException("send would block the ring's own thread: use trySend");
        }
        budget.acquire(payload.length);
        handOver(group, payload);
    }

    boolean trySend(String group, byte[] payload) {
        listeners.requireJoined(group);
        boolean room = budget.tryAcquire(payload.length);
        if (room) {
            handOver(group, payload);
        }
        return room;
    }

    private void handOver(String group, byte[] payload) {
        driver.execute(() -> {
            driver.engine().send(group, payload);
            budget.settle(payload.length, driver.engine().waitingBytes());
        });
    }

    void leave(String group) {
        if (listeners.leaving(group)) {
            driver.execute(() -> driver.engine().leave(group));
        }
    }

    /** A look at ring and sockets. Fails with {@link IllegalStateException} once the node is closed. */
    public CompletionStage<CorosyncReport> report() {
        CompletableFuture<CorosyncReport> answer = new CompletableFuture<>();
        if (!driver.tryExecute(() -> answer.complete(driver.report()))) {
            answer.completeExceptionally(new IllegalStateException("the node is closed"));
        }
        return answer;
    }

    /** Says good-bye to the ring and ends the threads; what was sent to a group and is not on the ring yet is lost. Idempotent. */
    @Override
    public void close() {
        budget.close();
        driver.execute(driver::leave);
        deliveries.close();
        if (!driver.isOnThread()) {
            try {
                driver.join(CLOSE_TIMEOUT.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
