package dev.ha4j.testkit.world;

import dev.ha4j.api.NodeId;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Keeps what each host sent lately, for whoever plays it again. The last packets of any life may be among them. */
final class Replays {

    /** An idle ring sends as much in some tens of seconds, a busy one in a fraction of a second. */
    private static final int MAX_PACKETS = 256;

    private final SplittableRandom random;
    private final TreeMap<NodeId, ArrayDeque<Packet>> sent = new TreeMap<>();

    Replays(SplittableRandom random) {
        this.random = random;
    }

    void sent(Packet packet) {
        ArrayDeque<Packet> packets = sent.computeIfAbsent(packet.sender(), sender -> new ArrayDeque<>());
        if (packets.size() == MAX_PACKETS) {
            packets.removeFirst();
        }
        packets.addLast(packet);
    }

    Optional<Packet> any(NodeId sender) {
        ArrayDeque<Packet> packets = sent.getOrDefault(sender, new ArrayDeque<>());
        return packets.isEmpty()
                ? Optional.empty()
                : packets.stream().skip(random.nextInt(packets.size())).findFirst();
    }
}
