package dev.ha4j.corosync.knet;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.LinkPolicy;
import dev.ha4j.corosync.knet.KnetPacket.Fragment;
import dev.ha4j.corosync.knet.KnetPacket.Ping;
import dev.ha4j.corosync.knet.KnetPacket.Pong;
import dev.ha4j.corosync.knet.KnetPacket.SizeProbe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One node's part of knet. A pure state machine: all methods are called on one thread with the current time of a monotonic clock in
 * nanoseconds, none blocks, and time moves only by what it is told.
 *
 * <p>Does not look for the path's MTU: Linux does so for sockets of its own accord. It answers others who look.
 */
public final class Knet {

    public static final int MAX_LINKS = 8;

    /** Longest frame. */
    public static final int MAX_FRAME_BYTES = 65_536;

    private static final int LAST_SEQUENCE = 65_535;
    private static final int MAX_FRAGMENTS = 255;

    /** Whoever got none of so many frames is told how far they are; half of what receivers remember would do. */
    private static final int FRAMES_BETWEEN_FORCED_PINGS = 8_191;

    private final NodeId self;
    private final KnetSettings settings;
    private final KnetOutput output;
    private final SortedMap<NodeId, Peer> peers = new TreeMap<>();
    private int sequence;
    private int framesSinceForcedPing;

    public Knet(NodeId self, KnetSettings settings, KnetOutput output) {
        this.self = self;
        this.settings = settings;
        this.output = output;
        if ((MAX_FRAME_BYTES + settings.fragmentBytes() - 1) / settings.fragmentBytes() > MAX_FRAGMENTS) {
            throw new IllegalArgumentException("fragments of " + settings.fragmentBytes() + " bytes are too short");
        }
        settings.nodes().stream()
                .filter(node -> !node.equals(self))
                .forEach(node -> peers.put(node, new Peer(node, settings.links(), output::count)));
    }

    /**
     * Takes in a packet.
     *
     * @param from whose address it came from, over which link
     */
    public void receive(Path from, KnetPacket packet, long now) {
        @Nullable Peer peer = peers.get(from.node());
        if (peer == null || !packet.source().equals(from.node())) {
            output.count("node at another's address");
        } else if (packet instanceof Fragment fragment) {
            receive(peer, fragment);
        } else if (packet instanceof Ping ping) {
            peer.shown(ping);
            output.send(ping.answeredBy(self), List.of(from));
        } else if (packet instanceof Pong pong) {
            receive(peer, from, pong, now);
        } else if (packet instanceof SizeProbe probe) {
            output.send(probe.answeredBy(self), List.of(from));
        } else {
            output.count("not asked for");
        }
    }

    private void receive(Peer peer, Fragment fragment) {
        if (!peer.isReachable()) {
            output.count("frame before its link");
        } else if (peer.hasSeen(fragment)) {
            output.count("frame twice");
        } else {
            peer.accept(fragment).ifPresent(frame -> output.deliver(fragment.source(), frame));
        }
    }

    private void receive(Peer peer, Path from, Pong pong, long now) {
        Link link = peer.links().get(from.link());
        long roundTrip = now - pong.stampHigh();
        if (pong.link() != from.link() || roundTrip < 0) {
            output.count("strange pong");
        } else if (roundTrip >= link.timeoutNanos()) {
            output.count("late pong");
            link.pongedLate();
        } else if (link.ponged(roundTrip)) {
            output.linkChanged(from, true);
        }
    }

    /** Sends a frame to whom it may reach, as knet does. The frame is not to be changed. */
    public void multicast(byte[] frame, Collection<NodeId> targets, long now) {
        transmit(frame, true, targets, now);
    }

    /** Sends a frame to one node. */
    public void send(NodeId target, byte[] frame, long now) {
        transmit(frame, false, List.of(target), now);
    }

    private void transmit(byte[] frame, boolean multicast, Collection<NodeId> targets, long now) {
        sequence = sequence == LAST_SEQUENCE ? 1 : sequence + 1;
        int bytes = settings.fragmentBytes();
        int count = (frame.length + bytes - 1) / bytes;
        if (count <= 1) {
            send(new Fragment(self, sequence, multicast, 1, 0, frame), paths(targets));
        }
        for (int number = 1; number <= count && count > 1; number++) {
            byte[] content = Arrays.copyOfRange(frame, (number - 1) * bytes, Math.min(frame.length, number * bytes));
            send(new Fragment(self, sequence, multicast, count, number, content), paths(targets));
        }
        if (++framesSinceForcedPing == FRAMES_BETWEEN_FORCED_PINGS) {
            framesSinceForcedPing = 0;
            peers.values().forEach(peer -> show(peer, now));
        }
    }

    private void show(Peer peer, long now) {
        for (Path path : peer.paths(LinkPolicy.PASSIVE)) {
            output.send(ping(path.link(), now, false), List.of(path));
        }
    }

    private List<Path> paths(Collection<NodeId> targets) {
        List<Path> paths = new ArrayList<>();
        for (NodeId target : targets) {
            Optional.ofNullable(peers.get(target)).ifPresent(peer -> paths.addAll(peer.paths(settings.policy())));
        }
        return paths;
    }

    private void send(KnetPacket packet, List<Path> paths) {
        if (!paths.isEmpty()) {
            output.send(packet, paths);
        }
    }

    private Ping ping(int link, long now, boolean periodic) {
        return new Ping(self, link, now, 0, sequence, periodic);
    }

    /** Sends pings that are due, and takes links out of use. */
    public void tick(long now) {
        peers.values().forEach(peer -> peer.links().forEach(link -> tick(peer, link, now)));
    }

    private void tick(Peer peer, Link link, long now) {
        if (link.timedOut(now)) {
            output.linkChanged(peer.path(link), false);
            if (!peer.isReachable()) {
                peer.forget();
            }
        }
        if (link.isPingDue(now)) {
            link.pinged(now);
            output.send(ping(link.number(), now, true), List.of(peer.path(link)));
        }
    }

    /** Nanoseconds until {@link #tick} has something to do. */
    public long untilNextNanos(long now) {
        return peers.values().stream()
                .flatMap(peer -> peer.links().stream())
                .mapToLong(link -> link.untilNext(now))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Calls with each link, and what there is to know of it. */
    public void links(BiConsumer<Path, LinkState> consumer) {
        peers.values()
                .forEach(peer -> peer.links()
                        .forEach(link -> consumer.accept(
                                peer.path(link), new LinkState(link.isConnected(), link.roundTripNanos()))));
    }
}
