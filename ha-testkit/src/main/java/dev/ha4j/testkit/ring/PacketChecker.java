package dev.ha4j.testkit.ring;

import dev.ha4j.api.NodeId;
import dev.ha4j.testkit.check.Findings;
import dev.ha4j.totem.security.ClusterKey;
import java.util.BitSet;
import java.util.TreeMap;

/**
 * Judges what each ring lets in by what was really sent: SEC-1 made by a member of the cluster, SEC-2 once, SEC-3 of a life
 * that was there to shake hands, and no earlier one than was let in before, SEC-4 meant for this node, SEC-5 from the sender's address, SEC-6 in a key that is accepted,
 * SEC-7 of who has shown the node's own certificate, where nodes have some.
 */
final class PacketChecker {

    /** A handshake that began in a life may be completed, and its first packet may arrive, so much later. */
    private static final long AFTERLIFE_NANOS = 5_000_000_000L;

    private final Findings findings;
    private final TreeMap<Long, Life> sessions = new TreeMap<>();
    private final TreeMap<Life, Long> ended = new TreeMap<>();
    private final TreeMap<Life, TreeMap<Long, BitSet>> seen = new TreeMap<>();
    private final TreeMap<Life, TreeMap<NodeId, Life>> newestHeard = new TreeMap<>();
    private long fromElsewhere;

    /** Who sends in a session, or receives. */
    private record Life(NodeId node, int number) implements Comparable<Life> {

        @Override
        public int compareTo(Life other) {
            int byNode = node.compareTo(other.node);
            return byNode != 0 ? byNode : Integer.compare(number, other.number);
        }

        @Override
        public String toString() {
            return "n" + node + "#" + number;
        }
    }

    PacketChecker(Findings findings) {
        this.findings = findings;
    }

    /** Let in though its sender had another address before. */
    long fromElsewhere() {
        return fromElsewhere;
    }

    void sent(Datagram datagram) {
        if (!datagram.isHandshake()) {
            sessions.computeIfAbsent(datagram.session(), session -> new Life(datagram.sender(), datagram.life()));
        }
    }

    void ended(NodeId node, int life, long nowNanos) {
        Life over = new Life(node, life);
        ended.put(over, nowNanos);
        seen.remove(over);
        newestHeard.remove(over);
    }

    void accepted(Datagram datagram, RingHost at, int life, long nowNanos) {
        Life receiver = new Life(at.id(), life);
        if (datagram.isOfImpostor()) {
            findings.report(
                    "SEC-7", nowNanos, receiver + " takes who has another certificate for n" + datagram.sender());
            return;
        }
        Life sender = sessions.get(datagram.session());
        if (datagram.isForged() || sender == null) {
            findings.report("SEC-1", nowNanos, receiver + " lets in what no member of the cluster has sent");
            return;
        }
        notGoingBack(sender, receiver, nowNanos);
        TreeMap<Long, BitSet> known = seen.computeIfAbsent(receiver, each -> new TreeMap<>());
        BitSet counters = known.get(datagram.session());
        if (counters == null) {
            firstOf(sender, receiver, nowNanos);
            counters = new BitSet();
            known.put(datagram.session(), counters);
        }
        int counter = (int) datagram.counter();
        if (counters.get(counter)) {
            findings.report("SEC-2", nowNanos, receiver + " lets in twice: " + counter + " of n" + datagram.sender());
        }
        counters.set(counter);
        judgeHeader(datagram, at, receiver, nowNanos);
    }

    private void notGoingBack(Life sender, Life receiver, long nowNanos) {
        Life newest = newestHeard
                .computeIfAbsent(receiver, each -> new TreeMap<>())
                .merge(sender.node(), sender, (known, now) -> now.number() > known.number() ? now : known);
        if (newest.number() > sender.number()) {
            findings.report("SEC-3", nowNanos, receiver + " believes in " + sender + " after " + newest);
        }
    }

    private void firstOf(Life sender, Life receiver, long nowNanos) {
        Long end = ended.get(sender);
        if (end != null && nowNanos - end > AFTERLIFE_NANOS) {
            findings.report("SEC-3", nowNanos, receiver + " believes in " + sender + " after its end");
        }
    }

    private void judgeHeader(Datagram datagram, RingHost at, Life receiver, long nowNanos) {
        if (datagram.meantFor() != 0 && datagram.meantFor() != at.id().value()) {
            findings.report("SEC-4", nowNanos, receiver + " opens what is meant for n" + datagram.meantFor());
        }
        if (!at.isToldOf(datagram.source(), datagram.sender(), datagram.link())) {
            findings.report("SEC-5", nowNanos, receiver + " takes " + datagram.source() + " for " + datagram.sender());
        }
        fromElsewhere += Addresses.isFirst(datagram.source()) ? 0 : 1;
        if (!accepts(at, datagram.keyId())) {
            findings.report("SEC-6", nowNanos, receiver + " opens a packet in key " + datagram.keyId());
        }
    }

    private static boolean accepts(RingHost at, int keyId) {
        for (ClusterKey key : at.keys()) {
            if (key.id() == keyId) {
                return true;
            }
        }
        return false;
    }
}
