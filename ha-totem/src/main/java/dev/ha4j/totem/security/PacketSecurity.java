package dev.ha4j.totem.security;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.NodeIdentity;
import dev.ha4j.totem.security.Introduction.Believed;
import dev.ha4j.totem.security.Introduction.Claim;
import dev.ha4j.totem.security.Introduction.Disbelieved;
import dev.ha4j.totem.security.Introduction.Verdict;
import dev.ha4j.totem.security.OpenResult.Confirmed;
import dev.ha4j.totem.security.OpenResult.HandshakeReply;
import dev.ha4j.totem.security.OpenResult.Opened;
import dev.ha4j.totem.security.OpenResult.Rejected;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * Seals and opens the packets of one node, and proves at each start that its peers are alive. One thread; never blocks.
 *
 * <p>Each node sends under its own session key, so a packet for many is encrypted once. A receiver opens packets of a session
 * only after the sender has echoed a random challenge in it:
 *
 * <pre>
 *   A                                        B
 *   | HELLO      salt A, challenge a         |
 *   |---------------------------------------&gt;|
 *   | HELLO_ACK  salt B, echo a, challenge b |
 *   |&lt;---------------------------------------|   A knows: B's session is live
 *   | CONFIRM    salt A, echo b              |
 *   |---------------------------------------&gt;|   B knows: A's session is live
 * </pre>
 *
 * <p>Where nodes have certificates, all three are signed, and bring the secret along on which the session's key depends; see
 * {@link ByCertificate}.
 *
 * <p>Whoever misses a confirmation asks again, so every packet may be lost. The owner sends what {@link #due} hands out, at
 * the latest at {@link #nextDeadlineNanos()}, and looks at that again after each {@link #open}.
 *
 * <p>Rules: nothing but the fixed header is looked at before the tag is checked; no byte from outside raises an exception or
 * chooses the size of an allocation; answers go to configured addresses, are rate limited and never larger than the question.
 *
 * <p>Source: NIST SP 800-38D (GCM with counted nonces), RFC 5869 (HKDF).
 */
public final class PacketSecurity {

    /** What sealing adds to a plaintext. */
    public static final int OVERHEAD_BYTES = PacketHeader.BYTES + PacketHeader.TAG_BYTES;

    private static final int WARM_UP_PACKETS = 2_000;
    private static final int WARM_UP_BYTES = 1_024;

    /** A peer that was silent for longer doesn't keep a key from being dropped. */
    private static final long KEY_IN_USE_NANOS = 10_000_000_000L;

    /** Removed nodes that are remembered, so that what they still send can be named. */
    private static final int MAX_REMOVED_PEERS = 64;

    private final SecurityConfig config;
    private final RandomGenerator random;
    private final Map<Integer, ClusterKey> keys = new TreeMap<>();
    private final Map<Integer, PeerSessions> peers = new TreeMap<>();
    /** How often each removed node was refused, the one that was removed first in front. */
    private final LinkedHashMap<Integer, Long> removedPeers = new LinkedHashMap<>();

    private final Introduction introduction;
    private final SendingSessions sending;
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
        this.random = random;
        config.keys().forEach(key -> keys.put(key.id(), key));
        for (NodeId peer : config.peers()) {
            peers.put(peer.value(), new PeerSessions(peer, config.limits(), random, nowNanos));
        }
        this.introduction = config.identity()
                .<Introduction>map(own -> new ByCertificate(
                        config.cluster(),
                        config.self(),
                        new PeerCertificates(config.cluster(), own, config.wallMillis())))
                .orElseGet(ByKey::new);
        this.sending = new SendingSessions(config, introduction, random, nowNanos);
    }

    /**
     * Seals and opens packets that go nowhere, so that the JVM compiles the cipher. The first thousand calls are slow enough
     * to miss token deadlines; call this before joining. Takes a few tenths of a second at first, little after that.
     */
    public static void warmUp() {
        byte suite = PacketHeader.SUITE_CLUSTER_KEY;
        PacketCipher cipher = SessionKey.derive(
                        suite,
                        ClusterKey.of(new byte[ClusterKey.KEY_BYTES]),
                        "",
                        NodeId.of(1),
                        new byte[SessionKey.SALT_BYTES])
                .newCipher();
        byte[] body = new byte[WARM_UP_BYTES];
        for (int i = 0; i < WARM_UP_PACKETS; i++) {
            PacketHeader header = new PacketHeader(suite, PacketKind.DATA, 1, 1, PacketHeader.ALL_NODES, 0, i);
            byte[] packet = cipher.seal(header, new byte[0], body);
            if (cipher.open(header, packet, packet.length, PacketHeader.BYTES).isEmpty()) {
                throw new IllegalStateException("AES-GCM can't read what it has written");
            }
        }
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
        PeerSessions peer = peers.get(header.sender());
        if (peer == null) {
            return new Rejected(ofUnknown(header.sender()));
        }
        if (!source.allows(peer.id())) {
            return new Rejected(RejectReason.ADDRESS);
        }
        if (!isForThisNode(header)) {
            return new Rejected(RejectReason.MISDIRECTED);
        }
        return header.kind().isHandshake()
                ? openHandshake(peer, header, datagram, length, nowNanos)
                : openData(peer, header, datagram, length, nowNanos);
    }

    private RejectReason ofUnknown(int sender) {
        boolean removed = removedPeers.computeIfPresent(sender, (id, refused) -> refused + 1) != null;
        return removed ? RejectReason.REMOVED_SENDER : RejectReason.UNKNOWN_SENDER;
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

    private OpenResult openHandshake(
            PeerSessions peer, PacketHeader header, byte[] datagram, int length, long nowNanos) {
        ClusterKey clusterKey = keys.get(header.keyId());
        if (clusterKey == null) {
            return new Rejected(RejectReason.UNKNOWN_KEY);
        }
        if (length != Handshake.packetBytes(introduction.bodyBytes())) {
            return new Rejected(RejectReason.MALFORMED);
        }
        byte[] salt = Handshake.saltOf(datagram);
        Optional<RejectReason> refusal = peer.refusal(salt, nowNanos);
        if (refusal.isPresent()) {
            return new Rejected(refusal.get());
        }
        PacketCipher cipher = SessionKey.derive(header.suite(), clusterKey, config.cluster(), peer.id(), salt)
                .newCipher();
        Optional<byte[]> body = cipher.open(header, datagram, length, Handshake.BODY_OFFSET);
        if (body.isEmpty()) {
            return new Rejected(RejectReason.AUTHENTICATION);
        }
        ByteBuffer rest = ByteBuffer.wrap(body.get());
        Handshake handshake = Handshake.read(rest);
        Optional<RejectReason> problem = problem(peer, header.kind(), salt, handshake, nowNanos);
        return problem.<OpenResult>map(Rejected::new)
                .orElseGet(() -> introduced(
                        peer,
                        new Claim(header.kind(), header.keyId(), peer.id(), salt, handshake, rest),
                        clusterKey,
                        nowNanos));
    }

    /** What can be said before anything is verified that takes long. */
    private Optional<RejectReason> problem(
            PeerSessions peer, PacketKind kind, byte[] salt, Handshake handshake, long nowNanos) {
        if (peer.isTakenFrom(handshake.boot(), nowNanos)) {
            peer.claimed(salt, nowNanos);
            return Optional.of(RejectReason.DUPLICATE_NODE);
        }
        if (handshake.agreement() != config.agreement()) {
            peer.disbelieved(RejectReason.OTHER_SETTINGS);
            return Optional.of(RejectReason.OTHER_SETTINGS);
        }
        boolean fresh = kind == PacketKind.HELLO || peer.challenge.isAnsweredBy(handshake.echo(), nowNanos);
        return fresh ? Optional.empty() : Optional.of(RejectReason.STALE_HANDSHAKE);
    }

    private OpenResult introduced(PeerSessions peer, Claim claim, ClusterKey clusterKey, long nowNanos) {
        Verdict verdict = introduction.judge(claim, sending.newest());
        if (verdict instanceof Believed believed) {
            peer.believed();
            return claim.kind() == PacketKind.HELLO
                    ? onHello(peer, claim, believed, nowNanos)
                    : onEcho(peer, claim, believed, clusterKey, nowNanos);
        }
        RejectReason reason = ((Disbelieved) verdict).reason();
        peer.disbelieved(reason);
        return new Rejected(reason);
    }

    private OpenResult onHello(PeerSessions peer, Claim hello, Believed sender, long nowNanos) {
        if (!peer.hasConfirmed(hello.salt())) {
            peer.hello.startLater(nowNanos);
        }
        Handshake answer = handshake(hello.handshake().challenge(), peer.challenge.ask(nowNanos));
        return new HandshakeReply(peer.id(), seal(PacketKind.HELLO_ACK, peer, answer, sender.publicKey()), false);
    }

    private OpenResult onEcho(PeerSessions peer, Claim claim, Believed sender, ClusterKey clusterKey, long nowNanos) {
        SessionKey key = SessionKey.derive(
                introduction.suite(), clusterKey, config.cluster(), peer.id(), claim.salt(), sender.secret());
        InboundSession session =
                new InboundSession(key, key.newCipher(), claim.handshake().boot(), sender.ends());
        peer.confirm(session, claim.salt(), nowNanos);
        if (claim.kind() == PacketKind.CONFIRM) {
            return new Confirmed(peer.id());
        }
        Handshake confirmation = handshake(claim.handshake().challenge(), Handshake.none());
        return new HandshakeReply(peer.id(), seal(PacketKind.CONFIRM, peer, confirmation, sender.publicKey()), true);
    }

    private Handshake handshake(byte[] echo, byte[] challenge) {
        return new Handshake(config.boot(), config.agreement(), echo, challenge);
    }

    private byte[] seal(PacketKind kind, PeerSessions target, Handshake handshake, Optional<byte[]> peerKey) {
        OutboundSession session = sending.newest();
        return session.sealHandshake(
                kind, target.id(), introduction.body(session, kind, target.id(), handshake, peerKey));
    }

    /** Handshake packets to send now. Changes keys when it is time to. */
    public List<OutgoingHandshake> due(long nowNanos) {
        if (sending.advance(nowNanos)) {
            peers.values().forEach(peer -> peer.hello.start(nowNanos));
        }
        List<OutgoingHandshake> due = new ArrayList<>();
        for (PeerSessions peer : peers.values()) {
            if (peer.hello.isDue(nowNanos)) {
                Handshake hello = handshake(Handshake.none(), peer.challenge.ask(nowNanos));
                due.add(new OutgoingHandshake(peer.id(), seal(PacketKind.HELLO, peer, hello, Optional.empty())));
                peer.hello.sent(nowNanos);
            }
        }
        return due;
    }

    /** When {@link #due} has work again. */
    public long nextDeadlineNanos() {
        long deadlineNanos = sending.deadlineNanos();
        for (PeerSessions peer : peers.values()) {
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
        TreeMap<Integer, ClusterKey> accepted = new TreeMap<>();
        newKeys.forEach(key -> accepted.put(key.id(), key));
        List<Integer> dropped =
                keys.keySet().stream().filter(id -> !accepted.containsKey(id)).toList();
        dropped.forEach(id -> requireUnused(id, nowNanos));
        keys.clear();
        keys.putAll(accepted);
        dropped.forEach(id -> peers.values().forEach(peer -> peer.forget(id)));
        sending.useKey(newKeys.get(0));
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
        requireOwn(identity, config.cluster(), config.self());
        certified.identity(identity);
        rekey();
    }

    /**
     * Checks that a certificate is that of this node; others would not believe it else.
     *
     * @throws IllegalArgumentException if it is not, with what it lacks
     */
    public static void requireOwn(NodeIdentity identity, String cluster, NodeId self) {
        if (!NodeIdentity.names(identity.certificate(), cluster, self.value())) {
            throw new IllegalArgumentException("the certificate " + identity + " is not that of node " + self
                    + ": it needs the subject alternative name URI:" + NodeIdentity.uri(cluster, self.value()));
        }
    }

    /**
     * From now on these are the peers: new ones are greeted, and what comes from those who are left out is refused. Where nodes have
     * certificates a new session begins, whose secret those don't get.
     */
    public void changePeers(SortedSet<NodeId> newPeers, long nowNanos) {
        List<Integer> gone = peers.keySet().stream()
                .filter(id -> !newPeers.contains(NodeId.of(id)))
                .toList();
        gone.forEach(this::remove);
        if (!gone.isEmpty() && introduction instanceof ByCertificate) {
            rekey();
        }
        for (NodeId peer : newPeers) {
            removedPeers.remove(peer.value());
            peers.computeIfAbsent(peer.value(), id -> new PeerSessions(peer, config.limits(), random, nowNanos));
        }
    }

    private void remove(int peer) {
        peers.remove(peer);
        removedPeers.put(peer, 0L);
        if (removedPeers.size() > MAX_REMOVED_PEERS) {
            removedPeers.remove(removedPeers.keySet().iterator().next());
        }
    }

    private void requireUnused(int keyId, long nowNanos) {
        if (sending.uses(keyId)) {
            throw new IllegalStateException(
                    "this node sends with key " + keyId + ": put another one first, and try again a moment later");
        }
        for (PeerSessions peer : peers.values()) {
            if (peer.uses(keyId, KEY_IN_USE_NANOS, nowNanos)) {
                throw new IllegalStateException("node " + peer.id() + " still sends with key " + keyId
                        + ": put another one first there before it is left out here");
            }
        }
    }

    /** Draws a new session key at the next {@link #due}; for a machine that may have been cloned or restored from a snapshot. */
    public void rekey() {
        sending.requestRekey();
    }

    public boolean isConfirmed(NodeId peer) {
        PeerSessions sessions = peers.get(peer.value());
        return sessions != null && sessions.confirmedKeyId().isPresent();
    }

    /** Packets handed on as authentic so far. */
    public long opened() {
        return counters.opened();
    }

    /** A look at what was let in, and what was not. */
    public SecurityReport report(long nowNanos) {
        TreeMap<NodeId, Integer> confirmed = new TreeMap<>();
        for (PeerSessions peer : peers.values()) {
            peer.confirmedKeyId().ifPresent(keyId -> confirmed.put(peer.id(), keyId));
        }
        TreeMap<NodeId, Long> removed = new TreeMap<>();
        removedPeers.forEach((id, refused) -> removed.put(NodeId.of(id), refused));
        return counters.report(
                confirmed,
                removed,
                twins(nowNanos),
                sending.active().keyId(),
                new TreeSet<>(keys.keySet()),
                certificates());
    }

    /** Entries of all tables that what comes from outside may fill. */
    int remembered() {
        return removedPeers.size()
                + peers.values().stream()
                        .mapToInt(PeerSessions::rememberedClaims)
                        .sum();
    }

    private SortedMap<NodeId, Long> twins(long nowNanos) {
        TreeMap<NodeId, Long> twins = new TreeMap<>();
        for (PeerSessions peer : peers.values()) {
            long refused = peer.refusedClaims(nowNanos);
            if (refused > 0) {
                twins.put(peer.id(), refused);
            }
        }
        return twins;
    }

    private CertificateReport certificates() {
        TreeMap<NodeId, Instant> ends = new TreeMap<>();
        TreeMap<NodeId, RejectReason> problems = new TreeMap<>();
        if (introduction instanceof ByCertificate certified) {
            ends.put(config.self(), certified.identity().ends());
        }
        for (PeerSessions peer : peers.values()) {
            peer.certificateEnds().ifPresent(end -> ends.put(peer.id(), end));
            peer.doubt().ifPresent(reason -> problems.put(peer.id(), reason));
        }
        return new CertificateReport(ends, problems);
    }
}
