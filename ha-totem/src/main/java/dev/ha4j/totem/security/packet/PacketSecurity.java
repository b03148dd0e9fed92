package dev.ha4j.totem.security.packet;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.NodeIdentity;
import dev.ha4j.totem.security.CertificateReport;
import dev.ha4j.totem.security.ClusterKey;
import dev.ha4j.totem.security.RejectReason;
import dev.ha4j.totem.security.SecurityReport;
import dev.ha4j.totem.security.packet.OpenResult.Opened;
import dev.ha4j.totem.security.packet.OpenResult.Rejected;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.random.RandomGenerator;

/**
 * Seals and opens the packets of one node, and proves at each start that its peers are alive. One thread; never blocks.
 *
 * <p>Each node sends under its own session key, so a packet for many is encrypted once. A receiver opens packets of a session
 * only after a handshake has shown that its sender lives; {@code Handshakes} draws it. The owner sends what {@link #due} hands
 * out, at the latest at {@link #nextDeadlineNanos()}, and looks at that again after each {@link #open}.
 *
 * <p>Rules: nothing but the fixed header is looked at before the tag is checked; no byte from outside raises an exception or
 * chooses the size of an allocation.
 *
 * <p>Source: NIST SP 800-38D (GCM with counted nonces), RFC 5869 (HKDF).
 */
public final class PacketSecurity {

    /** What sealing adds to a plaintext. */
    public static final int OVERHEAD_BYTES = PacketHeader.BYTES + PacketHeader.TAG_BYTES;

    /** A peer that was silent for longer doesn't keep a key from being dropped. */
    private static final long KEY_IN_USE_NANOS = 10_000_000_000L;

    private final SecurityConfig config;
    private final Introduction introduction;
    private final Keyring keyring;
    private final PeerTable peers;
    private final SendingSessions sending;
    private final Handshakes handshakes;
    private final PacketCounters counters = new PacketCounters();

    /** Where data packets are decrypted; as large as the largest datagram so far. */
    private byte[] plaintext = {};

    /**
     * Draws this boot's session key. The first hellos are due at once.
     *
     * @param random source of salts and challenges: a {@link java.security.SecureRandom}, or a seeded one in simulation
     */
    public PacketSecurity(SecurityConfig config, RandomGenerator random, long nowNanos) {
        this.config = config;
        this.introduction = introduction(config);
        this.keyring = new Keyring(config.keys());
        this.peers = new PeerTable(config.peers(), config.limits(), random, nowNanos);
        this.sending = new SendingSessions(config, introduction, random, nowNanos);
        this.handshakes = new Handshakes(config, introduction, keyring, sending);
    }

    private static Introduction introduction(SecurityConfig config) {
        return config.identity()
                .<Introduction>map(own -> new ByCertificate(
                        config.cluster(),
                        config.self(),
                        new PeerCertificates(config.cluster(), own, config.wallMillis())))
                .orElseGet(ByKey::new);
    }

    /** A packet for all nodes. */
    public byte[] seal(byte[] plaintext) {
        byte[] packet = new byte[plaintext.length + OVERHEAD_BYTES];
        seal(plaintext, plaintext.length, packet);
        return packet;
    }

    /**
     * Writes a packet for all nodes into an array that has {@link #OVERHEAD_BYTES} more than the plaintext.
     *
     * @return the packet's length
     */
    public int seal(byte[] plaintext, int length, byte[] packet) {
        return sending.active().sealData(PacketHeader.ALL_NODES, plaintext, length, packet);
    }

    /** A packet that only {@code target} will open. */
    public byte[] sealFor(NodeId target, byte[] plaintext) {
        byte[] packet = new byte[plaintext.length + OVERHEAD_BYTES];
        sealFor(target, plaintext, plaintext.length, packet);
        return packet;
    }

    /**
     * Writes a packet that only {@code target} will open into an array that has {@link #OVERHEAD_BYTES} more than the
     * plaintext.
     *
     * @return the packet's length
     */
    public int sealFor(NodeId target, byte[] plaintext, int length, byte[] packet) {
        return sending.active().sealData(target.value(), plaintext, length, packet);
    }

    /**
     * Judges the first {@code length} bytes of {@code datagram}. That array may be reused afterwards; what was opened is good
     * until the next call.
     */
    public OpenResult open(byte[] datagram, int length, SourceCheck source, long nowNanos) {
        OpenResult result = judge(datagram, length, source, nowNanos);
        counters.count(result);
        return result;
    }

    private OpenResult judge(byte[] datagram, int length, SourceCheck source, long nowNanos) {
        Optional<RejectReason> problem = PacketHeader.problem(datagram, length);
        if (problem.isPresent()) {
            return new Rejected(problem.get());
        }
        PacketHeader header = PacketHeader.read(datagram);
        if (header.suite() != introduction.suite()) {
            boolean certified = introduction.suite() == PacketHeader.SUITE_CERTIFICATES;
            return new Rejected(certified ? RejectReason.NO_CERTIFICATE : RejectReason.VERSION);
        }
        PeerSessions peer = peers.find(header.sender());
        if (peer == null) {
            return new Rejected(peers.refuseStranger(header.sender()));
        }
        if (!source.allows(peer.id())) {
            return new Rejected(RejectReason.ADDRESS);
        }
        if (!isForThisNode(header)) {
            return new Rejected(RejectReason.MISDIRECTED);
        }
        return header.kind().isHandshake()
                ? handshakes.open(peer, header, datagram, length, nowNanos)
                : openData(peer, header, datagram, length, nowNanos);
    }

    private boolean isForThisNode(PacketHeader header) {
        return header.target() == config.self().value()
                || (header.target() == PacketHeader.ALL_NODES && !header.kind().isHandshake());
    }

    private OpenResult openData(PeerSessions peer, PacketHeader header, byte[] datagram, int length, long nowNanos) {
        Optional<InboundSession> session = peer.sessionOf(header);
        if (session.isEmpty()) {
            peer.promptHello(nowNanos);
            return new Rejected(RejectReason.UNKNOWN_SESSION);
        }
        if (!session.get().isNew(header.counter())) {
            return new Rejected(RejectReason.REPLAY);
        }
        if (plaintext.length < length) {
            plaintext = new byte[length];
        }
        OptionalInt opened = session.get().open(header, datagram, length, plaintext);
        if (opened.isEmpty()) {
            return new Rejected(RejectReason.AUTHENTICATION);
        }
        peer.heard(session.get(), nowNanos);
        return new Opened(peer.id(), ByteBuffer.wrap(plaintext, 0, opened.getAsInt()));
    }

    /** Handshake packets to send now. Changes keys when it is time to. */
    public List<OutgoingHandshake> due(long nowNanos) {
        if (sending.advance(nowNanos)) {
            peers.all().forEach(peer -> peer.hello.start(nowNanos));
        }
        List<OutgoingHandshake> due = new ArrayList<>();
        for (PeerSessions peer : peers.all()) {
            if (peer.hello.isDue(nowNanos)) {
                due.add(handshakes.hello(peer, nowNanos));
            }
        }
        return due;
    }

    /** When {@link #due} has work again. */
    public long nextDeadlineNanos() {
        long deadlineNanos = sending.deadlineNanos();
        for (PeerSessions peer : peers.all()) {
            deadlineNanos = Math.min(deadlineNanos, peer.hello.deadlineNanos());
        }
        return deadlineNanos;
    }

    /**
     * Changes the accepted keys; the first is the one to send with. In this order on all nodes, no packet is lost: add the new
     * key behind the old one everywhere; put it first everywhere; leave the old one out.
     *
     * @throws IllegalArgumentException without a key, or with two of one id
     * @throws IllegalStateException if a key is left out that this node or a living peer still sends with
     */
    public void changeKeys(List<ClusterKey> newKeys, long nowNanos) {
        SecurityConfig.requireUsable(newKeys);
        SortedSet<Integer> dropped = keyring.missingIn(newKeys);
        dropped.forEach(id -> requireUnused(id, nowNanos));
        keyring.change(newKeys);
        dropped.forEach(id -> peers.all().forEach(peer -> peer.forget(id)));
        sending.useKey(newKeys.get(0));
    }

    private void requireUnused(int keyId, long nowNanos) {
        if (sending.uses(keyId)) {
            throw new IllegalStateException(
                    "this node sends with key " + keyId + ": put another one first, and try again a moment later");
        }
        for (PeerSessions peer : peers.all()) {
            if (peer.uses(keyId, KEY_IN_USE_NANOS, nowNanos)) {
                throw new IllegalStateException("node " + peer.id() + " still sends with key " + keyId
                        + ": put another one first there before it is left out here");
            }
        }
    }

    /**
     * Shows another certificate from now on, in a new session. Sessions that exist go on; nobody is asked again who he is.
     *
     * @throws IllegalStateException if the cluster does without certificates
     * @throws IllegalArgumentException if it is not that of this node
     */
    public void changeIdentity(NodeIdentity identity) {
        if (!(introduction instanceof ByCertificate certified)) {
            throw new IllegalStateException(
                    "this node was started without a certificate, like the others of its cluster");
        }
        SecurityConfig.requireOwn(identity, config.cluster(), config.self());
        certified.identity(identity);
        rekey();
    }

    /**
     * From now on these are the peers: new ones are greeted, and what comes from those who are left out is refused. Where nodes have
     * certificates a new session begins, whose secret those don't get.
     */
    public void changePeers(SortedSet<NodeId> newPeers, long nowNanos) {
        boolean leftOut = peers.change(newPeers, nowNanos);
        if (leftOut && introduction instanceof ByCertificate) {
            rekey();
        }
    }

    /** Draws a new session key at the next {@link #due}; for a machine that may have been cloned or restored from a snapshot. */
    public void rekey() {
        sending.requestRekey();
    }

    public boolean isConfirmed(NodeId peer) {
        PeerSessions sessions = peers.find(peer.value());
        return sessions != null && sessions.confirmedKeyId().isPresent();
    }

    /** Packets handed on as authentic so far. */
    public long opened() {
        return counters.opened();
    }

    /** A look at what was let in, and what was not. */
    public SecurityReport report(long nowNanos) {
        return counters.report(
                peers.confirmedKeyIds(),
                peers.removed(),
                peers.twins(nowNanos),
                sending.active().keyId(),
                keyring.ids(),
                certificates());
    }

    private CertificateReport certificates() {
        SortedMap<NodeId, Instant> ends = peers.certificateEnds();
        if (introduction instanceof ByCertificate certified) {
            ends.put(config.self(), certified.identity().ends());
        }
        return new CertificateReport(ends, peers.doubts());
    }

    /** Entries of all tables that what comes from outside may fill. */
    int remembered() {
        return peers.remembered();
    }
}
