package dev.ha4j.quorum;

import dev.ha4j.api.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Nodes that count quorum, in partitions. Immutable; each event gives the next cluster.
 *
 * @param settings of all nodes
 * @param order in which a ring forms
 * @param running nodes
 * @param partitions who is together with whom, by lowest member
 */
record VotequorumCluster(
        VotequorumSettings settings,
        Order order,
        SortedMap<NodeId, Votequorum> running,
        List<SortedSet<NodeId>> partitions) {

    /** When a node takes a ring for complete. */
    enum Order {
        /** Corosync: the barrier at the end of the synchronisation is ordered behind what the members say. */
        HEAR_THEN_COMPLETE,
        /**
         * Its simulator has no barrier, and its nodes are processes: each in its turn hears those before it, is done, and hears
         * the others later. Who has just started comes first, then the lowest.
         */
        IN_TURN
    }

    /** All nodes have started and see each other. */
    static VotequorumCluster formed(VotequorumSettings settings) {
        return formed(settings, Order.HEAR_THEN_COMPLETE);
    }

    static VotequorumCluster formed(VotequorumSettings settings, Order order) {
        TreeMap<NodeId, Votequorum> nodes = new TreeMap<>();
        settings.votes().keySet().forEach(node -> nodes.put(node, Votequorum.started(settings, node, 0)));
        return new VotequorumCluster(settings, order, nodes, List.of()).split(List.of(new TreeSet<>(nodes.keySet())));
    }

    VotequorumCluster fails(NodeId node) {
        TreeMap<NodeId, Votequorum> left = new TreeMap<>(running);
        left.remove(node);
        return new VotequorumCluster(settings, order, left, partitions).split(partitions);
    }

    /** The node starts anew, and sees those with whom {@code friend} is together; itself alone if that is its own number. */
    VotequorumCluster returns(NodeId node, NodeId friend) {
        TreeMap<NodeId, Votequorum> more = new TreeMap<>(running);
        more.put(node, Votequorum.started(settings, node, 0));
        List<SortedSet<NodeId>> groups = new ArrayList<>();
        boolean joined = false;
        for (SortedSet<NodeId> partition : partitions) {
            TreeSet<NodeId> group = new TreeSet<>(partition);
            group.remove(node);
            if (group.contains(friend)) {
                group.add(node);
                joined = true;
            }
            groups.add(group);
        }
        if (!joined) {
            groups.add(new TreeSet<>(List.of(node)));
        }
        return new VotequorumCluster(settings, order, more, partitions).split(groups);
    }

    /** The running nodes of each group see each other and nobody else; a group that was together stays as it is. */
    VotequorumCluster split(List<? extends Collection<NodeId>> groups) {
        List<SortedSet<NodeId>> now = new ArrayList<>();
        TreeMap<NodeId, Votequorum> nodes = new TreeMap<>(running);
        for (Collection<NodeId> group : groups) {
            TreeSet<NodeId> alive = new TreeSet<>(group);
            alive.retainAll(running.keySet());
            if (!alive.isEmpty()) {
                now.add(alive);
                if (!partitions.contains(alive) || alive.stream().anyMatch(node -> hasJustStarted(node))) {
                    formRing(alive, nodes);
                }
            }
        }
        now.sort((one, other) -> one.first().compareTo(other.first()));
        return new VotequorumCluster(settings, order, nodes, List.copyOf(now));
    }

    /** As {@link #split}, but each group forms a new ring, even if nobody comes or goes. */
    VotequorumCluster reformed(List<? extends Collection<NodeId>> groups) {
        return new VotequorumCluster(settings, order, running, List.of()).split(groups);
    }

    /** The node says that it leaves, and is gone. */
    VotequorumCluster leaves(NodeId node) {
        NodeInfo now = node(node).announcement();
        NodeInfo last = new NodeInfo(node, now.votes(), now.expectedVotes(), now.quorate(), true, now.waitForAll());
        TreeMap<NodeId, Votequorum> nodes = new TreeMap<>(running);
        nodes.replaceAll((id, other) -> node(node).members().contains(id) ? other.heard(last) : other);
        return new VotequorumCluster(settings, order, nodes, partitions).fails(node);
    }

    private boolean hasJustStarted(NodeId node) {
        return node(node).members().isEmpty();
    }

    private void formRing(SortedSet<NodeId> ring, SortedMap<NodeId, Votequorum> nodes) {
        if (order == Order.IN_TURN) {
            formRingInTurn(ring, nodes);
            return;
        }
        nodes.replaceAll((id, node) -> ring.contains(id) ? node.ringInstalled(ring) : node);
        List<NodeInfo> said = ring.stream()
                .map(id -> Objects.requireNonNull(nodes.get(id)).announcement())
                .toList();
        nodes.replaceAll((id, node) -> {
            if (!ring.contains(id)) {
                return node;
            }
            return hear(node, said).ringComplete();
        });
    }

    private void formRingInTurn(SortedSet<NodeId> ring, SortedMap<NodeId, Votequorum> nodes) {
        List<NodeId> turns = new ArrayList<>(ring);
        turns.sort(
                Comparator.<NodeId, Boolean>comparing(id -> !hasJustStarted(id)).thenComparing(id -> id));
        List<NodeInfo> said = new ArrayList<>();
        for (NodeId id : turns) {
            Votequorum hearing = hear(Objects.requireNonNull(nodes.get(id)).ringInstalled(ring), said);
            said.add(hearing.announcement());
            nodes.put(id, hearing.ringComplete());
        }
        for (NodeId id : turns) {
            List<NodeInfo> later = said.subList(turns.indexOf(id), said.size());
            nodes.put(id, hear(Objects.requireNonNull(nodes.get(id)), later));
        }
    }

    private static Votequorum hear(Votequorum node, List<NodeInfo> said) {
        Votequorum hearing = node;
        for (NodeInfo info : said) {
            hearing = hearing.heard(info);
        }
        return hearing;
    }

    /** The windows of all nodes elapse. */
    VotequorumCluster windowElapses() {
        TreeMap<NodeId, Votequorum> nodes = new TreeMap<>(running);
        nodes.replaceAll((id, node) -> node.windowElapsed());
        return new VotequorumCluster(settings, order, nodes, partitions);
    }

    /** The device gives its vote to one partition and to no other. */
    VotequorumCluster deviceVotesFor(SortedSet<NodeId> partition) {
        TreeMap<NodeId, Votequorum> nodes = new TreeMap<>(running);
        nodes.replaceAll((id, node) -> node.deviceVoted(partition.contains(id)));
        return new VotequorumCluster(settings, order, nodes, partitions);
    }

    Votequorum node(NodeId node) {
        return Objects.requireNonNull(running.get(node), node::toString);
    }

    boolean windowRuns() {
        return running.values().stream().anyMatch(node -> node.tally().windowRuns());
    }

    /** Partitions with at least one node that takes itself for quorate. */
    List<SortedSet<NodeId>> quorateSides() {
        return partitions.stream()
                .filter(partition -> partition.stream().anyMatch(id -> node(id).quorate()))
                .toList();
    }
}
