package dev.ha4j.corosync.knet;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.LinkPolicy;
import dev.ha4j.corosync.knet.KnetPacket.Fragment;
import dev.ha4j.corosync.knet.KnetPacket.Ping;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One other node: the links to it, and which of its frames have been here. */
final class Peer {

    private final NodeId node;
    private final List<Link> links = new ArrayList<>();
    private final FrameHistory history = new FrameHistory();
    private final Reassembly reassembly;
    private int turn;

    Peer(NodeId node, List<LinkSettings> settings, Consumer<String> count) {
        this.node = node;
        this.reassembly = new Reassembly(count);
        settings.forEach(link -> links.add(new Link(links.size(), link)));
    }

    List<Link> links() {
        return links;
    }

    boolean isReachable() {
        return links.stream().anyMatch(Link::isConnected);
    }

    Path path(Link link) {
        return new Path(node, link.number());
    }

    /** The links that the next packet goes over; none while the node is out of reach. */
    List<Path> paths(LinkPolicy policy) {
        List<Link> connected = links.stream().filter(Link::isConnected).toList();
        if (connected.isEmpty()) {
            return List.of();
        }
        return switch (policy) {
            case ACTIVE -> connected.stream().map(this::path).toList();
            case ROUND_ROBIN -> List.of(path(connected.get(turn++ % connected.size())));
            case PASSIVE ->
                List.of(path(connected.stream()
                        .max(Comparator.comparingInt(Link::priority)
                                .thenComparing(Link::number, Comparator.reverseOrder()))
                        .orElseThrow()));
        };
    }

    /** What a ping tells of its sender's frames. */
    void shown(Ping ping) {
        if (ping.sequence() == 0) {
            forget();
        } else {
            advanceTo(ping.sequence());
        }
    }

    private void advanceTo(int sequence) {
        if (history.advanceTo(sequence)) {
            reassembly.giveUpBefore(history.firstPosition());
        }
    }

    boolean hasSeen(Fragment fragment) {
        return history.contains(fragment.sequence());
    }

    /** The frame, once it is whole. */
    Optional<byte[]> accept(Fragment fragment) {
        advanceTo(fragment.sequence());
        Optional<byte[]> frame = fragment.count() == 1
                ? Optional.of(fragment.content())
                : reassembly.add(history.position(fragment.sequence()), fragment);
        frame.ifPresent(whole -> history.add(fragment.sequence()));
        return frame;
    }

    /** What comes next from it belongs to another life, as far as can be told. */
    void forget() {
        history.forget();
        reassembly.forget();
    }
}
