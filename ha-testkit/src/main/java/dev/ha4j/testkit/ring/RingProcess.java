package dev.ha4j.testkit.ring;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.NodeIdentity;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.world.HostClock;
import dev.ha4j.testkit.world.Life;
import dev.ha4j.testkit.world.RingTrace;
import dev.ha4j.testkit.world.SimulatedLoop;
import dev.ha4j.testkit.world.TokenTruth;
import dev.ha4j.testkit.world.VirtualTime;
import dev.ha4j.totem.CommitToken;
import dev.ha4j.totem.DeliveryGuarantee;
import dev.ha4j.totem.Lane;
import dev.ha4j.totem.RecoveryMessage;
import dev.ha4j.totem.RegularMessage;
import dev.ha4j.totem.RingListener;
import dev.ha4j.totem.RingSequences;
import dev.ha4j.totem.RingTransport;
import dev.ha4j.totem.Scope;
import dev.ha4j.totem.TokenLoan;
import dev.ha4j.totem.TotemMessage;
import dev.ha4j.totem.netty.CarriedRing;
import dev.ha4j.totem.netty.UdpRingConfig;
import dev.ha4j.totem.netty.UdpRingReport;
import dev.ha4j.totem.security.ClusterKey;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** One life of a ring on a host. */
final class RingProcess {

    static final String CLUSTER = "simulated";

    private static final long CLOCK_ORIGIN_NANOS = 1L << 50;

    private final RingOptions options;
    private final RingHost host;
    private final VirtualTime time;
    private final Life life;
    private final SimulatedLoop loop;
    private final SplittableRandom random;
    private final CarriedRing ring;
    private SortedMap<NodeId, List<InetSocketAddress>> told;
    private boolean leaving;

    /** A process that has not begun. */
    RingProcess(
            RingOptions options,
            RingHost host,
            int lifeNumber,
            List<ClusterKey> keys,
            Optional<NodeIdentity> identity,
            SortedMap<NodeId, List<InetSocketAddress>> addresses,
            VirtualTime time,
            RingListener listener,
            RingTrace.Sink sink,
            CarriedRing.Carrier carrier) {
        this.options = options;
        this.host = host;
        this.time = time;
        this.told = addresses;
        this.random = host.random().split();
        this.life = new Life(time, lifeNumber, random.nextBoolean());
        int drift = options.driftPartsPerMillion();
        HostClock clock = new HostClock(
                time,
                random.nextLong(-CLOCK_ORIGIN_NANOS, CLOCK_ORIGIN_NANOS),
                drift == 0 ? 0 : random.nextInt(-drift, drift));
        this.loop = new SimulatedLoop(time, life, clock, random.split(), () -> 0);
        RingTrace trace = new RingTrace(listener, sink, new TokenTruth(time::now));
        this.ring = new CarriedRing(
                config(keys, identity),
                loop,
                new Reserved(),
                trace,
                random.split(),
                (from, to, bytes) -> {
                    if (life.isAlive()) {
                        carrier.carry(from, to, bytes);
                    }
                },
                options.mtuDatagramBytes(),
                transport -> new Watched(host.id(), transport, trace));
    }

    private UdpRingConfig config(List<ClusterKey> keys, Optional<NodeIdentity> identity) {
        return UdpRingConfig.ofLinks(CLUSTER, host.id(), options.ring(), told, keys.get(0), random.nextLong())
                .accepting(keys)
                .identity(identity)
                .links(options.use())
                .multicast(options.multicast() ? Addresses.groups(options.links()) : List.of());
    }

    int lifeNumber() {
        return life.number();
    }

    boolean isAlive() {
        return life.isAlive();
    }

    boolean isFrozen() {
        return life.isFrozen();
    }

    void start() {
        ring.start();
    }

    /** Hands a datagram to the ring, and says whether it was let in; later, if the process is frozen. */
    void arrived(Datagram datagram, Consumer<Boolean> judged) {
        loop.packet(() -> {
            long before = ring.opened();
            ring.received(datagram.at(), datagram.bytes(), datagram.source());
            judged.accept(ring.opened() > before);
        });
    }

    void refused(Datagram datagram) {
        loop.packet(() -> ring.refused(datagram.at()));
    }

    /** Who was told to leave takes nothing more. */
    void submit(Lane lane, DeliveryGuarantee guarantee, byte[] payload) {
        if (!leaving) {
            life.run(Life.Kind.TASK, () -> ring.submit(lane, guarantee, payload));
        }
    }

    /** Messages that were submitted and not sent yet. */
    int waiting() {
        return ring.report().ring().queuedMessages();
    }

    /** Whether the ring did not refuse the change. */
    boolean changeKeys(List<ClusterKey> keys) {
        try {
            ring.changeKeys(keys);
            return true;
        } catch (IllegalStateException stillInUse) {
            return false;
        }
    }

    void changeIdentity(NodeIdentity identity) {
        life.run(Life.Kind.TASK, () -> ring.changeIdentity(identity));
    }

    /** From now on all nodes, this one included, are reached there. */
    void changeAddresses(SortedMap<NodeId, List<InetSocketAddress>> addresses) {
        life.run(Life.Kind.TASK, () -> {
            told = addresses;
            ring.changeNodes(addresses);
        });
    }

    /** Where this process believes the node to be. */
    InetSocketAddress told(NodeId node, int link) {
        List<InetSocketAddress> own = told.get(node);
        if (own == null) {
            throw new IllegalArgumentException("no node " + node);
        }
        return own.get(link);
    }

    void leave() {
        leaving = true;
        life.run(Life.Kind.TASK, ring::leave);
    }

    /** Was told to, and may be a member until what it has sent is safe. */
    boolean isLeaving() {
        return leaving;
    }

    void freeze() {
        life.freeze();
    }

    long wake() {
        return life.wake();
    }

    void end() {
        life.end();
        ring.close();
    }

    UdpRingReport report() {
        return ring.report();
    }

    /** Ring sequences go to the host's disk, and take a while. What is under way when the process dies may be there or not. */
    private final class Reserved implements RingSequences {
        @Override
        public long reservedUpTo() {
            return host.reserved();
        }

        @Override
        public void reserve(long upTo, Consumer<Boolean> done) {
            long takes = random.nextLong(options.forceTakes().toNanos());
            time.after(takes, () -> {
                if (life.isAlive() || random.nextBoolean()) {
                    host.reserve(upTo);
                }
                loop.execute(() -> done.accept(true));
            });
        }
    }

    /** Notes what the ring itself sends, on its way to the links. */
    private record Watched(NodeId self, RingTransport transport, RingTrace trace) implements RingTransport {
        @Override
        public void multicast(TotemMessage message, Scope scope) {
            if (message instanceof RegularMessage regular && regular.sender().equals(self)) {
                trace.sent(regular);
            } else if (message instanceof RecoveryMessage repeat
                    && repeat.sender().equals(self)) {
                trace.repeated(repeat);
            }
            transport.multicast(message, scope);
        }

        @Override
        public void send(NodeId target, TotemMessage message) {
            if (message instanceof CommitToken commit) {
                trace.forming(commit.ring());
            } else if (message instanceof TokenLoan loan) {
                trace.lent(target, loan);
            }
            transport.send(target, message);
        }

        @Override
        public void repeat(NodeId target, TotemMessage message) {
            transport.repeat(target, message);
        }
    }

    /** For processes whose words count for nothing. */
    static void unheard(Event event) {}
}
