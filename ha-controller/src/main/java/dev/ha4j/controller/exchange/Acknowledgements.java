package dev.ha4j.controller.exchange;

import dev.ha4j.api.NodeId;
import dev.ha4j.quorum.VotingRules;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts whose disks have what, within one epoch: each command by the rules that hold when it is applied. */
public final class Acknowledgements {

    private final long epoch;
    private final boolean withDevice;
    private final SortedSet<NodeId> members;
    private final TreeMap<Long, VotingRules> rules = new TreeMap<>();
    private final SortedMap<NodeId, Long> durable = new TreeMap<>();
    private long acknowledged = -1;

    /**
     * @param exchange that opened the epoch; only messages of this count
     * @param decision how votes are counted in the beginning
     * @param baseIndex of the base, which the disks had that opened the epoch
     */
    public Acknowledgements(Exchange exchange, Exchange.Decision decision, long baseIndex) {
        this.epoch = exchange.view().sequence();
        this.withDevice = decision.withDevice();
        this.members = exchange.view().members();
        rules.put(baseIndex, decision.rules());
        exchange.durableMembers().forEach(member -> durable.put(member, baseIndex));
        count();
    }

    /** From this index on votes are counted by these rules. */
    public void rulesFrom(long index, VotingRules changed) {
        if (!changed.equals(rules.lastEntry().getValue())) {
            rules.put(index, changed);
        }
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

    /** Disks only gain, so only what is beyond the last count has to be looked at; and rules change at few of the indices. */
    private void count() {
        TreeSet<Long> candidates = new TreeSet<>(durable.values());
        rules.keySet().forEach(changedAt -> candidates.add(changedAt - 1));
        for (long index : candidates.tailSet(acknowledged + 1)) {
            if (isQuorum(index)) {
                acknowledged = index;
            }
        }
        forgetOldRules();
    }

    private boolean isQuorum(long index) {
        Map.Entry<Long, VotingRules> then = rules.floorEntry(index);
        return then != null && then.getValue().isQuorum(having(index), members, withDevice);
    }

    private void forgetOldRules() {
        Long current = rules.floorKey(acknowledged);
        if (current != null) {
            rules.headMap(current).clear();
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
