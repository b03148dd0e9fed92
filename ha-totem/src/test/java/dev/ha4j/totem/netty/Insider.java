package dev.ha4j.totem.netty;

import dev.ha4j.api.NodeId;
import dev.ha4j.runtime.EventLoop;
import dev.ha4j.runtime.NanoClock;
import dev.ha4j.runtime.Timer;
import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.security.ClusterKey;
import dev.ha4j.totem.security.packet.OpenResult;
import dev.ha4j.totem.security.packet.PacketSecurity;
import dev.ha4j.totem.security.packet.SourceCheck;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** A node that has shaken hands with a ring, and then sends whatever it likes. Time stands still. */
final class Insider {

    private static final NodeId SELF = NodeId.of(1);
    private static final NodeId VICTIM = NodeId.of(2);
    private static final int DATAGRAM_BYTES = 1_472;
    private static final long NOW_NANOS = 1_000_000_000L;

    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final ArrayDeque<byte[]> fromVictim = new ArrayDeque<>();
    private final Recorder recorder = new Recorder();
    private final PacketSecurity security;
    private final CarriedRing victim;

    Insider() {
        TreeMap<NodeId, List<InetSocketAddress>> addresses = new TreeMap<>();
        addresses.put(SELF, List.of(address(SELF)));
        addresses.put(VICTIM, List.of(address(VICTIM)));
        RingConfig ring = RingConfig.builder().nodes(addresses.keySet()).build();
        ClusterKey key = ClusterKey.of(new byte[ClusterKey.KEY_BYTES]);
        security = new PacketSecurity(
                RingSecurity.of(UdpRingConfig.ofLinks("fuzz", SELF, ring, addresses, key, 1)),
                new Random(1),
                NOW_NANOS);
        victim = new CarriedRing(
                UdpRingConfig.ofLinks("fuzz", VICTIM, ring, addresses, key, 2),
                new Loop(),
                new MemorySequences(),
                recorder,
                new Random(2),
                (from, to, datagram) -> fromVictim.add(datagram),
                DATAGRAM_BYTES,
                transport -> transport);
        victim.start();
        shakeHands();
    }

    private static InetSocketAddress address(NodeId node) {
        return new InetSocketAddress("10.0.0." + node.value(), 5405);
    }

    private void shakeHands() {
        settle();
        while (!fromVictim.isEmpty()) {
            byte[] datagram = fromVictim.remove();
            if (security.open(datagram, datagram.length, SourceCheck.ANY, NOW_NANOS)
                    instanceof OpenResult.HandshakeReply reply) {
                deliver(reply.datagram());
            }
        }
    }

    void send(byte[] frame) {
        deliver(security.seal(frame));
    }

    private void deliver(byte[] datagram) {
        victim.received(address(VICTIM), datagram, address(SELF));
        settle();
    }

    private void settle() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    /** What the ring has made of it. */
    UdpRingReport report() {
        return victim.report();
    }

    /** Why the ring has ended; empty while it has not. */
    List<String> ends() {
        return recorder.ends;
    }

    private final class Loop implements EventLoop {
        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public Timer schedule(long delayNanos, Runnable task) {
            return () -> {};
        }

        @Override
        public NanoClock clock() {
            return () -> NOW_NANOS;
        }
    }
}
