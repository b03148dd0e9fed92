package dev.ha4j.examples.map;

import dev.ha4j.examples.map.MapMessage.Change;
import dev.ha4j.totem.DeliveryGuarantee;
import dev.ha4j.totem.Lane;
import dev.ha4j.totem.RingSequences;
import dev.ha4j.totem.SendOutcome;
import dev.ha4j.totem.netty.UdpRing;
import dev.ha4j.totem.netty.UdpRingConfig;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/**
 * A map that all members change in the same order, so that all have the same. It shows the two things that anything on a ring
 * does: apply what is delivered, and agree on where to start when members come together.
 *
 * <p>Coming together: everybody claims how many changes it has had. When the last claim has been delivered, all know who has had the
 * most (of equals, the lowest node), and that one sends all that it has, in pieces. With the last of these all have the same, and
 * then comes what was to change since the ring began.
 *
 * <p>It has no quorum: in a partition both sides go on, and when they meet the longer history wins. An application that must not
 * have that counts members, or uses ha-node.
 */
public final class ReplicatedMap implements AutoCloseable {

    private final UdpRing ring;
    private final Map<String, String> entries = new ConcurrentSkipListMap<>();

    private ReplicatedMap(UdpRingConfig config, RingSequences sequences, Consumer<String> news) {
        ring = new UdpRing(config, sequences, new Replica(config.self(), entries, this::send, news));
    }

    /**
     * Joins the others.
     *
     * @param news hears who the members are, in words, on the ring's thread
     * @throws IOException if the node's own addresses can't be bound
     */
    public static ReplicatedMap join(UdpRingConfig config, RingSequences sequences, Consumer<String> news)
            throws IOException {
        ReplicatedMap map = new ReplicatedMap(config, sequences, news);
        map.ring.start();
        return map;
    }

    private CompletionStage<SendOutcome> send(Lane lane, MapMessage message) {
        return ring.sendAsync(lane, DeliveryGuarantee.AGREED, message.encode());
    }

    /**
     * Changes an entry, everywhere, in the order that the ring gives. The stage completes when the change has its place here; while
     * members come together the map has it a little later. See {@link UdpRing#sendAsync} for failures.
     *
     * @throws IllegalArgumentException with a key or a value of more than 65,535 bytes in UTF-8
     */
    public CompletionStage<SendOutcome> put(String key, String value) {
        return send(Lane.CONTROL, new Change(key, Optional.of(value)));
    }

    /** Removes an entry, as {@link #put} changes it. */
    public CompletionStage<SendOutcome> remove(String key) {
        return send(Lane.CONTROL, new Change(key, Optional.empty()));
    }

    /** As of what was delivered here. */
    public Optional<String> get(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** A copy of all that was delivered here. */
    public Map<String, String> entries() {
        return new TreeMap<>(entries);
    }

    @Override
    public void close() {
        ring.close();
    }
}
