package dev.ha4j.examples.map;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.Delivery;
import dev.ha4j.totem.DeliveryGuarantee;
import dev.ha4j.totem.Lane;
import dev.ha4j.totem.RegularConfiguration;
import dev.ha4j.totem.RingListener;
import dev.ha4j.totem.RingSequences;
import dev.ha4j.totem.TransitionalConfiguration;
import dev.ha4j.totem.netty.UdpRing;
import dev.ha4j.totem.netty.UdpRingConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * A map that all members change in the same order, so that all have the same. It shows the two things that anything on a ring
 * does: apply what is delivered, and agree on where to start when members come together.
 *
 * <p>Coming together: everybody sends all that it has, in the new ring's order. When the last of these has been delivered, all
 * take the one with the most changes (of equals, that of the lowest node), and then what was delivered since the ring began.
 *
 * <p>It has no quorum: in a partition both sides go on, and when they meet the longer history wins. An application that must not
 * have that counts members, or uses ha-node. All entries together have to fit into one message (1 MiB).
 */
public final class ReplicatedMap implements AutoCloseable {

    private final UdpRing ring;
    private final Map<String, String> entries = new ConcurrentSkipListMap<>();

    private ReplicatedMap(UdpRingConfig config, RingSequences sequences) {
        ring = new UdpRing(config, sequences, new Replica());
    }

    /**
     * Joins the others.
     *
     * @throws IOException if the node's own addresses can't be bound
     */
    public static ReplicatedMap join(UdpRingConfig config, RingSequences sequences) throws IOException {
        ReplicatedMap map = new ReplicatedMap(config, sequences);
        map.ring.start();
        return map;
    }

    /** Changes an entry, everywhere, in the order that the ring gives; waits while too much is under way. */
    public void put(String key, String value) throws InterruptedException {
        ring.send(Lane.CONTROL, DeliveryGuarantee.AGREED, new MapMessage.Put(key, value).encode());
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

    /** On the ring's thread. */
    private final class Replica implements RingListener {

        private final TreeMap<NodeId, MapMessage.Everything> offers = new TreeMap<>();
        private final List<MapMessage.Put> sinceTheRingBegan = new ArrayList<>();
        private int offersMissing;
        private long changes;

        @Override
        public void regular(RegularConfiguration configuration) {
            offers.clear();
            sinceTheRingBegan.forEach(this::apply); // a ring that ended before everybody had offered
            sinceTheRingBegan.clear();
            offersMissing = configuration.joined().isEmpty()
                    ? 0
                    : configuration.members().size();
            if (offersMissing > 0) {
                byte[] all = new MapMessage.Everything(changes, new TreeMap<>(entries)).encode();
                ring.onRing((totem, now) -> totem.submit(Lane.MEMBERSHIP, DeliveryGuarantee.AGREED, all, now));
            }
        }

        @Override
        public void delivered(Delivery delivery) {
            MapMessage message = MapMessage.decode(delivery.payload());
            if (message instanceof MapMessage.Everything all) {
                offered(delivery.sender(), all);
            } else if (message instanceof MapMessage.Put put && offersMissing == 0) {
                apply(put);
            } else if (message instanceof MapMessage.Put put) {
                sinceTheRingBegan.add(put);
            }
        }

        private void offered(NodeId sender, MapMessage.Everything all) {
            if (offersMissing > 0 && offers.put(sender, all) == null && --offersMissing == 0) {
                MapMessage.Everything best = offers.values().stream()
                        .reduce((a, b) -> b.changes() > a.changes() ? b : a)
                        .orElse(all);
                entries.keySet().retainAll(best.entries().keySet());
                entries.putAll(best.entries());
                changes = best.changes();
                sinceTheRingBegan.forEach(this::apply);
                sinceTheRingBegan.clear();
            }
        }

        private void apply(MapMessage.Put put) {
            entries.put(put.key(), put.value());
            changes++;
        }

        @Override
        public void transitional(TransitionalConfiguration configuration) {}

        @Override
        public void indeterminate(long submissionId) {}

        @Override
        public void left() {}

        @Override
        public void failed(String reason) {
            System.err.println("the map's ring is over: " + reason);
        }
    }
}
