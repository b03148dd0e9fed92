package dev.ha4j.controller.exchange;

import dev.ha4j.api.NodeId;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts whose disks have what, within one epoch. */
public final class Acknowledgements {

    private final long epoch;
    private final Exchange.Decision decision;
    private final SortedMap<NodeId, Long> durable = new TreeMap<>();
    private long acknowledged = -1;

    /**
     * @param epoch the only one whose messages count
     * @param decision how votes are counted
     * @param members whose disks had the base when the epoch opened
     * @param baseIndex of the base
     */
    public Acknowledgements(long epoch, Exchange.Decision decision, SortedSet<NodeId> members, long baseIndex) {
        this.epoch = epoch;
        this.decision = decision;
        members.forEach(member -> durable.put(member, baseIndex));
        count();
    }

    /** A member's disk has all up to this index. Messages of another epoch don't count. */
    public void durable(NodeId node, long ofEpoch, long index) {
        if (ofEpoch == epoch) {
            durable.merge(node, index, Math::max);
            count();
        }
    }

    /** The highest index that a quorum's disks have. */
    public long acknowledgedIndex() {
        return acknowledged;
    }

    /** Disks only gain, so only what is beyond the last count has to be looked at. */
    private void count() {
        for (long index : durable.values()) {
            if (index > acknowledged && ExchangeRules.isQuorum(decision, having(index))) {
                acknowledged = index;
            }
        }
    }

    private SortedSet<NodeId> having(long index) {
        TreeSet<NodeId> nodes = new TreeSet<>();
        durable.forEach((node, upTo) -> {
            if (upTo >= index) {
                nodes.add(node);
            }
        });
        return nodes;
    }
}
