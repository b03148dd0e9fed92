package dev.ha4j.qnetd;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.TieBreaker;
import java.time.Duration;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a node says of itself to the arbiter.
 *
 * @param cluster name; with client certificates it has to be the certificate's common name
 * @param self this node
 * @param nodes all that are configured
 * @param votes of the device: 1 for {@link Algorithm#FFSPLIT}, one less than there are nodes for the last man standing
 * @param algorithm by which the arbiter chooses
 * @param tieBreaker which of two equal halves it prefers; of a list the first
 * @param heartbeat the longest silence ({@code 0.8 x timeout} in corosync-qdevice, 8 s); 1 s to 2 min. What the arbiter has not
 *     confirmed for this long, by this node's clock, is withdrawn here; the arbiter itself waits half as long again
 * @param tls whether the connection is encrypted
 * @param keepActivePartition whether of two equal halves the arbiter prefers the one that has the vote, before it looks at the tie
 *     breaker ({@code keep_active_partition_tie_breaker}): who comes back alone takes nothing from who went on. The same at all
 *     nodes; an arbiter before Corosync 3.1.6 does not know it
 * @param arbiter the name by which nodes find that they ask the same arbiter; empty for its address
 */
public record QnetdSettings(
        String cluster,
        NodeId self,
        SortedSet<NodeId> nodes,
        int votes,
        Algorithm algorithm,
        TieBreaker tieBreaker,
        Duration heartbeat,
        TlsMode tls,
        boolean keepActivePartition,
        Optional<String> arbiter) {

    public static final Duration DEFAULT_HEARTBEAT = Duration.ofSeconds(8);
    public static final Duration MIN_HEARTBEAT = Duration.ofSeconds(1);
    public static final Duration MAX_HEARTBEAT = Duration.ofMinutes(2);

    /** One that looks at the tie breaker alone, the reference's default. */
    public QnetdSettings(
            String cluster,
            NodeId self,
            SortedSet<NodeId> nodes,
            int votes,
            Algorithm algorithm,
            TieBreaker tieBreaker,
            Duration heartbeat,
            TlsMode tls) {
        this(cluster, self, nodes, votes, algorithm, tieBreaker, heartbeat, tls, false, Optional.empty());
    }

    /** The same, but the half that has the vote is preferred. */
    public QnetdSettings keepingActivePartition() {
        return new QnetdSettings(cluster, self, nodes, votes, algorithm, tieBreaker, heartbeat, tls, true, arbiter);
    }

    /**
     * The same, with a name for the arbiter, for nodes that reach one and the same by different addresses.
     *
     * @param name the same at all nodes; no two arbiters have one name
     */
    public QnetdSettings askingArbiter(String name) {
        return new QnetdSettings(
                cluster,
                self,
                nodes,
                votes,
                algorithm,
                tieBreaker,
                heartbeat,
                tls,
                keepActivePartition,
                Optional.of(name));
    }

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException naming what is out of its range
     */
    public QnetdSettings {
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(self, "self");
        nodes = Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
        Objects.requireNonNull(algorithm, "algorithm");
        Objects.requireNonNull(tieBreaker, "tieBreaker");
        Objects.requireNonNull(tls, "tls");
        if (arbiter.filter(String::isBlank).isPresent()) {
            throw new IllegalArgumentException(
                    "the arbiter's name is blank: give it one, or leave it out for its address");
        }
        if (heartbeat.compareTo(MIN_HEARTBEAT) < 0 || heartbeat.compareTo(MAX_HEARTBEAT) > 0) {
            throw new IllegalArgumentException("heartbeat is " + heartbeat + ": choose 1 s to 2 min");
        }
        if (!nodes.contains(self)) {
            throw new IllegalArgumentException("node " + self + " is not among the nodes " + nodes);
        }
        if (votes < 1) {
            throw new IllegalArgumentException("the device has " + votes + " votes: give it 1, or one less than nodes");
        }
    }
}
