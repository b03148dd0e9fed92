package dev.ha4j.node.rehearsal;

import dev.ha4j.api.Incarnation;
import dev.ha4j.api.LeadershipListener;
import dev.ha4j.api.LeadershipOptions;
import dev.ha4j.api.NodeId;
import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.Term;
import dev.ha4j.api.config.AuthKey;
import dev.ha4j.api.config.ClusterConfig;
import dev.ha4j.api.config.ClusterConfigBuilder;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.node.assembly.NodeAssembly;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Three nodes with fence devices and a leadership, on one thread and in virtual time. */
final class Stage {

    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final String LEADERSHIP = "rehearsal";
    private static final long SEED = 1;
    private static final long PACKET_NANOS = 100_000;
    private static final long REFUSAL_NANOS = 3_000_000;
    private static final Duration SCENE_LIMIT = Duration.ofSeconds(10);

    private final VirtualTime time = new VirtualTime();
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final BooleanSupplier unwanted;
    private final ClusterConfig config = config();
    private final Map<NodeId, StandIn> nodes = new TreeMap<>();
    private @Nullable StandIn leader;
    private long token;

    /** @param unwanted whether to stop at once */
    Stage(BooleanSupplier unwanted) {
        this.unwanted = unwanted;
        config.policy().nodes().forEach(node -> nodes.put(node.id(), new StandIn(node.id(), node.name())));
    }

    private static ClusterConfig config() {
        ClusterConfigBuilder cluster = ClusterConfig.named(LEADERSHIP).authKey(AuthKey.of(new byte[AuthKey.KEY_BYTES]));
        for (String name : NAMES) {
            int id = NAMES.indexOf(name) + 1;
            cluster.node(id, name, "192.0.2." + id).fencing(new StageDevice(name));
        }
        return cluster.build();
    }

    /** The nodes form a ring, and one leads; whether that came about. */
    boolean open() {
        nodes.values().forEach(StandIn::powerOn);
        return playUntil(this::isSteady);
    }

    /** The leader dies; whether another one leads after it was fenced, and all are in their places again. */
    boolean failover() {
        StandIn lost = leader;
        long before = token;
        if (lost == null) {
            return false;
        }
        lost.powerOff();
        time.after(REFUSAL_NANOS, () -> nodes.values().forEach(other -> other.refusedBy(lost)));
        if (!playUntil(() -> token > before)) {
            return false;
        }
        lost.powerOn();
        return playUntil(this::isSteady);
    }

    private boolean isSteady() {
        return token > 0 && nodes.values().stream().allMatch(node -> node.sees(nodes.size()));
    }

    private boolean playUntil(BooleanSupplier done) {
        long untilNanos = time.now() + SCENE_LIMIT.toNanos();
        while (!done.getAsBoolean()) {
            if (unwanted.getAsBoolean() || !time.step(untilNanos)) {
                return false;
            }
        }
        return true;
    }

    /** One node of the stage, over all of its lives. */
    private final class StandIn implements LeadershipListener {
        private final NodeId id;
        private final String name;
        private final StageDisk disk = new StageDisk();
        private Optional<StageEnvironment> life = Optional.empty();
        private @Nullable NodeAssembly assembly;
        private long lives;

        StandIn(NodeId id, String name) {
            this.id = id;
            this.name = name;
        }

        void powerOn() {
            Incarnation incarnation = new Incarnation("machine-" + name, "boot", "directory-" + name, ++lives);
            StageEnvironment begun = new StageEnvironment(time, disk, this::send, incarnation, random.split());
            life = Optional.of(begun);
            NodeAssembly started = new NodeAssembly(config, name, begun);
            assembly = started;
            var unused = started.start();
            started.lead(LEADERSHIP, LeadershipOptions.requires(ProofLevel.POWER_VERIFIED), this);
        }

        void powerOff() {
            life.ifPresent(StageEnvironment::end);
            life = Optional.empty();
        }

        void refusedBy(StandIn lost) {
            life.ifPresent(alive -> alive.refused(lost.id));
        }

        private void send(NodeId target, byte[] packet) {
            StandIn receiver = nodes.get(target);
            if (receiver != null) {
                time.after(PACKET_NANOS, () -> receiver.life.ifPresent(alive -> alive.arrived(id, packet)));
            }
        }

        /** Whether it knows of that many nodes which have started the leadership. */
        boolean sees(int started) {
            return assembly != null
                    && assembly.state().quorate()
                    && assembly.state().history().stream()
                                    .filter(entry -> entry.getKey().operation() == OperationName.START
                                            && !entry.getValue().isPending())
                                    .count()
                            == started;
        }

        @Override
        public void granted(Term term) {
            leader = this;
            token = term.token();
        }

        @Override
        public void revoked(Term term) {}
    }
}
