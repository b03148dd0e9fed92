package dev.ha4j.node;

import dev.ha4j.api.Incarnation;
import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.ClusterConfig;
import dev.ha4j.api.config.LinkAddress;
import dev.ha4j.api.config.NodeIdentity;
import dev.ha4j.node.environment.NodeEnvironment;
import dev.ha4j.node.environment.RingPort;
import dev.ha4j.quorum.QuorumDevice;
import dev.ha4j.runtime.BootTimeLeaseClock;
import dev.ha4j.runtime.Disk;
import dev.ha4j.runtime.EventLoop;
import dev.ha4j.runtime.FileDisk;
import dev.ha4j.runtime.LeaseClock;
import dev.ha4j.runtime.MachineIdentity;
import dev.ha4j.runtime.SingleThreadEventLoop;
import dev.ha4j.runtime.ThreadWorkers;
import dev.ha4j.runtime.Workers;
import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.RingListener;
import dev.ha4j.totem.RingSequences;
import dev.ha4j.totem.netty.AddressSource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The world in production: three threads (controller, planner, disk), those of the ring and of workers, a directory, UDP. */
final class LocalEnvironment implements NodeEnvironment, AutoCloseable {

    private static final int FEATURE_LEVEL = 1;

    private final ClusterConfig config;
    private final FileDisk disk;
    private final Choices choices;
    private final SingleThreadEventLoop controllerLoop;
    private final SingleThreadEventLoop planner;
    private final SingleThreadEventLoop diskLoop;
    private final ThreadWorkers workers;
    private final BootTimeLeaseClock leaseClock = BootTimeLeaseClock.open();
    private final RandomGenerator random = new SplittableRandom(new SecureRandom().nextLong());
    private final Incarnation incarnation;
    private volatile Consumer<String> onFailure = reason -> {};
    private @Nullable RingPort ring;

    /**
     * What the user may have chosen for this node.
     *
     * @param bind where its sockets are to be bound, from link 0 on; its own addresses for those that are missing
     * @param addresses where each address of the configuration is reached
     * @param addressInterval how often that is asked
     * @param identity the certificate that shows who it is; empty if the cluster does without
     * @param lostStateAcceptedBy the operator who says that it counts though its state is lost; empty for nobody
     * @param newcomer whether it joins a cluster that exists
     * @param device outside of the cluster, closed with this
     * @param onHalt what ends this process
     */
    record Choices(
            List<InetSocketAddress> bind,
            Function<LinkAddress, AddressSource> addresses,
            Duration addressInterval,
            Optional<NodeIdentity> identity,
            String lostStateAcceptedBy,
            boolean newcomer,
            QuorumDevice device,
            Consumer<String> onHalt) {}

    private LocalEnvironment(ClusterConfig config, String self, FileDisk disk, Choices choices) {
        String prefix = "ha4j-" + config.name() + "-" + self;
        this.config = config;
        this.disk = disk;
        this.incarnation = MachineIdentity.read().newIncarnation(disk.id());
        this.choices = choices;
        this.controllerLoop = new SingleThreadEventLoop(prefix + "-controller", this::failed);
        this.planner = new SingleThreadEventLoop(prefix + "-planner", this::failed);
        this.diskLoop = new SingleThreadEventLoop(prefix + "-disk", this::failed);
        this.workers = new ThreadWorkers(prefix, controllerLoop);
    }

    /**
     * Takes the state directory.
     *
     * @throws IllegalStateException if it can't be used
     */
    static LocalEnvironment open(ClusterConfig config, String self, Path directory, Choices choices) {
        try {
            return new LocalEnvironment(config, self, FileDisk.open(directory), choices);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the state directory " + directory + " can't be used: " + e.getMessage(), e);
        }
    }

    /** What to do when code of the node itself fails, which it must not: the node ends rather than going on in doubt. */
    void onFailure(Consumer<String> action) {
        onFailure = action;
    }

    private void failed(RuntimeException cause) {
        onFailure.accept("internal error: " + cause);
    }

    /** Waits for the end of something; why it did not come, in words. */
    Optional<String> await(CompletionStage<Void> stage, Duration limit) {
        try {
            stage.toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return Optional.empty();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return Optional.of(String.valueOf(cause.getMessage()));
        } catch (TimeoutException e) {
            return Optional.of("it took longer than " + limit.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    @Override
    public RingPort openRing(RingConfig ringConfig, NodeId self, RingSequences sequences, RingListener listener) {
        RingPort opened =
                UdpRingPort.open(config, ringConfig, self, choices, incarnation.startNonce(), sequences, listener);
        ring = opened;
        return opened;
    }

    @Override
    public EventLoop controllerLoop() {
        return controllerLoop;
    }

    @Override
    public Executor planner() {
        return planner;
    }

    @Override
    public Workers workers() {
        return workers;
    }

    @Override
    public Executor diskExecutor() {
        return diskLoop;
    }

    @Override
    public Disk disk() {
        return disk;
    }

    @Override
    public LeaseClock leaseClock() {
        return leaseClock;
    }

    @Override
    public LongSupplier wallMillis() {
        return System::currentTimeMillis;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public Incarnation incarnation() {
        return incarnation;
    }

    @Override
    public int featureLevel() {
        return FEATURE_LEVEL;
    }

    @Override
    public String lostStateAcceptedBy() {
        return choices.lostStateAcceptedBy();
    }

    @Override
    public boolean newcomer() {
        return choices.newcomer();
    }

    @Override
    public QuorumDevice quorumDevice() {
        return choices.device();
    }

    @Override
    public void halt(String reason) {
        choices.onHalt().accept(reason);
    }

    /** Ends all threads, within bounds, and gives back sockets and directory. */
    @Override
    public void close() {
        if (ring != null) {
            ring.close();
        }
        choices.device().close();
        workers.close();
        controllerLoop.close();
        planner.close();
        diskLoop.close();
        leaseClock.close();
        disk.close();
    }
}
