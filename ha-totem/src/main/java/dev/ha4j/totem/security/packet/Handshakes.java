package dev.ha4j.totem.security.packet;

import dev.ha4j.totem.security.ClusterKey;
import dev.ha4j.totem.security.RejectReason;
import dev.ha4j.totem.security.packet.Introduction.Believed;
import dev.ha4j.totem.security.packet.Introduction.Claim;
import dev.ha4j.totem.security.packet.Introduction.Disbelieved;
import dev.ha4j.totem.security.packet.Introduction.Verdict;
import dev.ha4j.totem.security.packet.OpenResult.Confirmed;
import dev.ha4j.totem.security.packet.OpenResult.HandshakeReply;
import dev.ha4j.totem.security.packet.OpenResult.Rejected;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Lets the sessions of peers in, each after its sender has echoed a random challenge in it:
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
 * <p>Whoever misses a confirmation asks again, so every packet may be lost. Answers go to configured addresses, are rate limited and
 * never larger than the question.
 */
final class Handshakes {

    private final SecurityConfig config;
    private final Introduction introduction;
    private final Keyring keyring;
    private final SendingSessions sending;

    Handshakes(SecurityConfig config, Introduction introduction, Keyring keyring, SendingSessions sending) {
        this.config = config;
        this.introduction = introduction;
        this.keyring = keyring;
        this.sending = sending;
    }

    /** The first packet. */
    OutgoingHandshake hello(PeerSessions peer, long nowNanos) {
        Handshake hello = handshake(Handshake.none(), peer.challenge.ask(nowNanos));
        byte[] datagram = seal(PacketKind.HELLO, peer, hello, Optional.empty());
        peer.hello.sent(nowNanos);
        return new OutgoingHandshake(peer.id(), datagram);
    }

    /** Judges a packet of this kind whose header is sound. */
    OpenResult open(PeerSessions peer, PacketHeader header, byte[] datagram, int length, long nowNanos) {
        Optional<ClusterKey> clusterKey = keyring.find(header.keyId());
        if (clusterKey.isEmpty()) {
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
        Optional<byte[]> body = SessionKey.derive(header.suite(), clusterKey.get(), config.cluster(), peer.id(), salt)
                .newCipher()
                .open(header, datagram, length, Handshake.BODY_OFFSET);
        if (body.isEmpty()) {
            return new Rejected(RejectReason.AUTHENTICATION);
        }
        ByteBuffer rest = ByteBuffer.wrap(body.get());
        Handshake handshake = Handshake.read(rest);
        Claim claim = new Claim(header.kind(), header.keyId(), peer.id(), salt, handshake, rest);
        return problem(peer, claim, nowNanos)
                .<OpenResult>map(Rejected::new)
                .orElseGet(() -> introduced(peer, claim, clusterKey.get(), nowNanos));
    }

    /** What can be said before anything is verified that takes long. */
    private Optional<RejectReason> problem(PeerSessions peer, Claim claim, long nowNanos) {
        Handshake handshake = claim.handshake();
        if (peer.isTakenFrom(handshake.boot(), nowNanos)) {
            peer.claimed(claim.salt(), nowNanos);
            return Optional.of(RejectReason.DUPLICATE_NODE);
        }
        if (handshake.agreement() != config.agreement()) {
            peer.disbelieved(RejectReason.OTHER_SETTINGS);
            return Optional.of(RejectReason.OTHER_SETTINGS);
        }
        boolean fresh = claim.kind() == PacketKind.HELLO || peer.challenge.isAnsweredBy(handshake.echo(), nowNanos);
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
}
