package dev.ha4j.testkit.ring;

import dev.ha4j.api.NodeId;
import dev.ha4j.testkit.check.Findings;
import dev.ha4j.totem.security.ClusterKey;
import java.util.BitSet;
import java.util.TreeMap;

/**
 * Judges what each ring lets in by what was really sent: SEC-1 made by a member of the cluster, SEC-2 once, SEC-3 of a life
 * that was there to shake hands, SEC-4 meant for this node, SEC-5 from the sender's address, SEC-6 in a key that is accepted,
 * SEC-7 of who has shown the node's own certificate, where nodes have some.
 */
final class PacketChecker {

    /** A handshake that began in a life may be completed, and its first packet may arrive, so much later. */
    private static final long AFTERLIFE_NANOS = 5_000_000_000L;

    private final Findings findings;
    private final TreeMap<Long, Session> sessions = new TreeMap<>();
    private final TreeMap<String, Long> ended = new TreeMap<>();
    private final TreeMap<String, TreeMap<Long, BitSet>> seen = new TreeMap<>();

    /** Whose it is. */
    private record Session(NodeId node, int life) {}

    PacketChecker(Findings findings) {
        this.findings = findings;
    }

    void sent(Datagram datagram) {
        if (!datagram.isHandshake()) {
            sessions.computeIfAbsent(datagram.session(), session -> new Session(datagram.sender(), datagram.life()));
        }
    }

    void ended(NodeId node, int life, long nowNanos) {
        ended.put(name(node, life), nowNanos);
        seen.remove(name(node, life));
    }

    private static String name(NodeId node, int life) {
        return "n" + node + "#" + life;
    }

    void accepted(Datagram datagram, RingHost at, int life, long nowNanos) {
        String receiver = name(at.id(), life);
        if (datagram.isOfImpostor()) {
            findings.report(
                    "SEC-7", nowNanos, receiver + " takes who has another certificate for n" + datagram.sender());
            return;
        }
        if (datagram.isForged() || !sessions.containsKey(datagram.session())) {
            findings.report("SEC-1", nowNanos, receiver + " lets in what no member of the cluster has sent");
            return;
        }
        TreeMap<Long, BitSet> known = seen.computeIfAbsent(receiver, each -> new TreeMap<>());
        if (!known.containsKey(datagram.session())) {
            firstOf(sessions.get(datagram.session()), receiver, nowNanos);
        }
        BitSet counters = known.computeIfAbsent(datagram.session(), session -> new BitSet());
        int counter = (int) datagram.counter();
        if (counters.get(counter)) {
            findings.report("SEC-2", nowNanos, receiver + " lets in twice: " + counter + " of n" + datagram.sender());
        }
        counters.set(counter);
        judgeHeader(datagram, at, receiver, nowNanos);
    }

    private void firstOf(Session session, String receiver, long nowNanos) {
        Long end = ended.get(name(session.node(), session.life()));
        if (end != null && nowNanos - end > AFTERLIFE_NANOS) {
            findings.report(
                    "SEC-3",
                    nowNanos,
                    receiver + " believes in " + name(session.node(), session.life()) + " after its end");
        }
    }

    private void judgeHeader(Datagram datagram, RingHost at, String receiver, long nowNanos) {
        if (datagram.meantFor() != 0 && datagram.meantFor() != at.id().value()) {
            findings.report("SEC-4", nowNanos, receiver + " opens what is meant for n" + datagram.meantFor());
        }
        if (!datagram.source().equals(RingOptions.address(datagram.sender(), datagram.link()))) {
            findings.report("SEC-5", nowNanos, receiver + " takes " + datagram.source() + " for " + datagram.sender());
        }
        if (at.keys().stream().map(ClusterKey::id).noneMatch(id -> id == datagram.keyId())) {
            findings.report("SEC-6", nowNanos, receiver + " opens a packet in key " + datagram.keyId());
        }
    }
}
