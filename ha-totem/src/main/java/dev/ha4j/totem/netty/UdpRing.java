package dev.ha4j.totem.netty;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.NodeIdentity;
import dev.ha4j.runtime.EventLoop;
import dev.ha4j.totem.DeliveryGuarantee;
import dev.ha4j.totem.Lane;
import dev.ha4j.totem.RingListener;
import dev.ha4j.totem.RingSequences;
import dev.ha4j.totem.SendOutcome;
import dev.ha4j.totem.TotemRing;
import dev.ha4j.totem.security.ClusterKey;
import dev.ha4j.totem.security.packet.CipherWarmUp;
import dev.ha4j.totem.security.packet.PacketSecurity;
import dev.ha4j.totem.security.packet.SecurityConfig;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node's ring on UDP, with a thread of its own ({@code ha4j-<cluster>-ring-<node>}, a daemon).
 *
 * <p>All methods may be called from any thread; only {@link #start}, {@link #send}, {@link #close} and {@link #closeNow} block, and
 * the last two not on the ring's thread. The listener is called on the ring's thread, and so is what depends on a stage that is
 * given here. {@link RingSequences#reserve} is called there too, and may answer from any thread.
 */
public final class UdpRing implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(UdpRing.class);

    private final UdpRingConfig config;
    private final NettyLoop loop;
    private final RingDriver driver;
    private final Cabling cabling;
    private final Submissions submissions;
    private final Runnable feeding;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /**
     * A node that has not been started.
     *
     * @throws IllegalArgumentException with the certificate of another node
     */
    public UdpRing(UdpRingConfig config, RingSequences sequences, RingListener listener) {
        this.config = config;
        config.identity().ifPresent(own -> SecurityConfig.requireOwn(own, config.cluster(), config.self()));
        KernelSockets kernel = KernelSockets.of(config.sockets());
        this.loop = new NettyLoop(threadName("ring"), kernel);
        SecureRandom random = new SecureRandom();
        PacketSecurity security =
                new PacketSecurity(RingSecurity.of(config), random, loop.clock().nanoTime());
        this.submissions = new Submissions(config.ring().limits(), this::feedSoon);
        RingListener observed = new RingObserver(listener, submissions.receipts(), this::onEnd);
        ByteBufAllocator buffers = Sockets.buffers();
        Transmitter transmitter =
                new Transmitter(security, buffers, new LinkCounters(kernel.kind()), config.maxDatagramBytes());
        this.driver = new RingDriver(
                config,
                loop,
                security,
                transmitter,
                submissions,
                sequences,
                observed,
                new SplittableRandom(random.nextLong()),
                UnaryOperator.identity());
        this.cabling = new Cabling(config, new Sockets(config, kernel, loop, driver, buffers), driver, loop.clock());
        this.feeding = driver::enter;
    }

    private void feedSoon() {
        loop.execute(feeding);
    }

    NodeId self() {
        return config.self();
    }

    /** The name of the thread that has this part in the ring. */
    String threadName(String part) {
        return "ha4j-" + config.cluster() + "-" + part + "-" + config.self();
    }

    /** The ring is over, and says so to its owner: silence and refusals shall say it to the others. */
    private void onEnd() {
        submissions.close();
        loop.execute(driver::close);
        ended.complete(null);
    }

    /**
     * Warms the cipher up (its first calls are slow enough to miss token deadlines), opens the sockets and joins. Blocks for
     * some tenths of a second on a cold JVM. Call once.
     *
     * @throws IOException if the node's own address can't be bound; nothing is left behind then
     */
    public void start() throws IOException {
        CipherWarmUp.run();
        try {
            loop.ask(() -> cabling.change(UnaryOperator.identity())).join();
        } catch (CompletionException e) {
            closeNow();
            throw e.getCause() instanceof IOException cause ? cause : new IOException("can't open the sockets", e);
        }
        loop.execute(driver::start);
    }

    /** The ring's thread as an event loop. */
    public EventLoop loop() {
        return loop;
    }

    /** Runs a task on the ring's thread; does nothing once the ring is closed. */
    public void execute(Runnable task) {
        loop.execute(task);
    }

    /** Runs something on the ring itself, later, with the time of its clock; does nothing once the ring is closed. */
    public void onRing(BiConsumer<TotemRing, Long> call) {
        driver.enterLater(call);
    }

    /**
     * Hands a message over for the total order; blocks while too many wait in its lane
     * ({@link dev.ha4j.totem.RingLimits#laneBytes()} and {@link dev.ha4j.totem.RingLimits#laneMessages()}). Must not be called on the
     * ring's thread. Messages of one thread keep their order within a lane.
     *
     * @param payload not to be changed afterwards; at most {@link dev.ha4j.totem.RingLimits#maxMessageBytes()}
     * @throws IllegalStateException if the ring is closed, or closes before there is room; and on the ring's thread
     * @throws IllegalArgumentException if the message is too large
     * @throws InterruptedException if interrupted while it waits; then nothing is sent
     */
    public void send(Lane lane, DeliveryGuarantee guarantee, byte[] payload) throws InterruptedException {
        if (loop.isOnLoop()) {
            throw new IllegalStateException("send would block the ring's own thread: use trySend");
        }
        submissions.send(lane, guarantee, payload);
    }

    /** As {@link #send}, from any thread and without waiting; false, and nothing was sent, if there is no room or the ring is closed. */
    public boolean trySend(Lane lane, DeliveryGuarantee guarantee, byte[] payload) {
        return submissions.trySend(lane, guarantee, payload);
    }

    /**
     * As {@link #send}, from any thread and without waiting, with an answer: the stage completes when it is known what became of the
     * message, and while the lane is full that is simply later. It completes on the ring's thread, if {@link SendOutcome#DELIVERED}
     * right after the listener has had the message; what depends on it must return quickly, or go elsewhere ({@code thenAcceptAsync}).
     *
     * <p>In each lane {@link dev.ha4j.totem.RingLimits#laneMessages()} and {@link dev.ha4j.totem.RingLimits#laneBytes()} may be
     * without an answer, whatever {@link #send} has there. Who may exceed that waits for earlier answers.
     *
     * @param payload not to be changed afterwards; at most {@link dev.ha4j.totem.RingLimits#maxMessageBytes()}
     * @return fails if the message was not sent, and nobody will deliver it: with a {@link RejectedExecutionException}, at once, if too
     *     many are without an answer; with an {@link IllegalStateException} if the ring is closed, or closes before it takes the message
     * @throws IllegalArgumentException if the message is too large
     */
    public CompletionStage<SendOutcome> sendAsync(Lane lane, DeliveryGuarantee guarantee, byte[] payload) {
        return submissions.sendAsync(lane, guarantee, payload);
    }

    /**
     * Slows all senders of the ring down to what this node can take; see {@link TotemRing#advertiseWindow}. A listener that hands
     * deliveries to a queue of its own narrows the window as the queue fills, down to 0, and widens it as it gets empty. What is under
     * way still comes: about two windows of packets ({@link dev.ha4j.api.config.FlowOptions#windowMessages()}). Does nothing once the
     * ring is closed.
     *
     * @param fractionOfFull 0, and nobody sends, to 1, the default
     */
    public void advertiseWindow(double fractionOfFull) {
        onRing((ring, nowNanos) -> ring.advertiseWindow(fractionOfFull));
    }

    /**
     * Changes the accepted keys of a running ring; the first is the one to send with. In this order on all nodes, no packet is lost:
     * add the new key behind the old one everywhere; put it first everywhere; leave the old one out.
     *
     * <p>The stage fails, and nothing has changed, with an {@link IllegalArgumentException} without a key, or with two of one id; with
     * an {@link IllegalStateException} if a key is left out that this node or a living peer still sends with, and once the ring is
     * closed.
     */
    public CompletionStage<Void> changeKeys(List<ClusterKey> keys) {
        return loop.run(() -> driver.changeKeys(keys));
    }

    /**
     * Shows another certificate to the others from now on, in a new session. Sessions that exist go on; nobody is asked again who he
     * is.
     *
     * <p>The stage fails, and nothing has changed, with an {@link IllegalArgumentException} if it is not the certificate of this node;
     * with an {@link IllegalStateException} if the cluster does without certificates, and once the ring is closed.
     */
    public CompletionStage<Void> changeIdentity(NodeIdentity identity) {
        return loop.run(() -> driver.changeIdentity(identity));
    }

    /**
     * Adds, removes and moves nodes while the ring runs, this one's own addresses and the number of links included. It is to be told
     * to each node. What stays is not touched: its sockets, sessions and links go on. An added node costs no message and no token;
     * it should be started only when all know it. A removed node is refused from then on, see
     * {@link dev.ha4j.totem.security.SecurityReport#removedPeers()}; its owner has to end it.
     *
     * <p>The future fails, and nothing has changed, with an {@link IOException} if a socket can't be opened; with an
     * {@link IllegalArgumentException} if this node is not among the nodes, or the numbers of addresses differ; with an
     * {@link IllegalStateException} before the start and once the ring is closed.
     *
     * @param addresses where each node is reached from now on: one address per link, 1 to 8. A peer whose address is unresolved
     *     belongs to the cluster, and there is no link to it
     */
    public CompletionStage<Void> changeNodes(SortedMap<NodeId, List<InetSocketAddress>> addresses) {
        SortedMap<NodeId, List<InetSocketAddress>> copy = new TreeMap<>(addresses);
        return loop.ask(() -> cabling.change(config -> {
            if (!cabling.isOpen()) {
                throw new IllegalStateException("the ring has not been started");
            }
            return config.withNodes(copy);
        }));
    }

    /** The same as {@link #report}, at once; on the ring's thread only. */
    public UdpRingReport look() {
        if (!loop.isOnLoop()) {
            throw new IllegalStateException("not on the ring's thread: ask for a report");
        }
        return driver.report();
    }

    /** A look at ring and sockets. Fails with {@link IllegalStateException} once the ring is closed. */
    public CompletionStage<UdpRingReport> report() {
        return loop.ask(() -> CompletableFuture.completedFuture(driver.report()));
    }

    /**
     * Leaves cleanly, closes the sockets and ends the thread, within twice the close timeout. Before it leaves, what was handed over
     * is ordered and has reached all members, if the ring can do that within half of the close timeout. On the ring's own thread it
     * does not wait for the end. Idempotent.
     */
    @Override
    public void close() {
        submissions.close();
        if (loop.tryExecute(driver::leave)) {
            if (loop.isOnLoop()) {
                CompletableFuture<Void> unused = ended.whenComplete((left, failure) -> closeNow());
                return;
            }
            awaitEnd();
        }
        closeNow();
    }

    private void awaitEnd() {
        try {
            ended.get(config.closeTimeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("the ring did not leave within {}", config.closeTimeout());
        }
    }

    /**
     * Closes the sockets and ends the thread without leaving, as a crash would: the others notice by refusals. The listener hears no
     * more. Idempotent.
     */
    public void closeNow() {
        submissions.close();
        loop.execute(driver::close);
        try {
            loop.shutDown(config.closeTimeout());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
