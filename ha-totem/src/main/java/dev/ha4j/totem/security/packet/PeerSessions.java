package dev.ha4j.totem.security.packet;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.security.RejectReason;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept about one peer: at most two sessions, one open challenge, some rate limits, and who else claims its id.
 *
 * <p>A session enters only when its sender has echoed the open challenge. Unconfirmed sessions are not kept at all: each
 * handshake packet brings its salt along, so replayed hellos have nothing to fill or to push out.
 */
final class PeerSessions {

    private static final int NO_KEY = -1;

    final HelloSchedule hello;
    final Challenge challenge;

    private final NodeId id;
    private final TokenBucket handshakes;
    private final TokenBucket promptedHellos;
    private final Claims claims;
    private final long incumbentQuietNanos;
    private @Nullable InboundSession current;
    private @Nullable InboundSession previous;
    private @Nullable RejectReason doubt;
    private long lastHeardNanos;

    /** Of the last packet with data: a session may be confirmed a while before its peer sends in it. */
    private int lastKeyId = NO_KEY;

    PeerSessions(NodeId id, SecurityLimits limits, RandomGenerator random, long nowNanos) {
        this.id = id;
        this.hello = new HelloSchedule(limits);
        this.challenge = new Challenge(random, limits.challengeLifetime().toNanos());
        this.handshakes = new TokenBucket(limits.handshakesPerSecond(), limits.handshakeBurst(), nowNanos);
        this.promptedHellos = new TokenBucket(limits.promptedHellosPerSecond(), limits.promptedHelloBurst(), nowNanos);
        this.claims = new Claims(limits, nowNanos);
        this.incumbentQuietNanos = limits.incumbentQuiet().toNanos();
        hello.start(nowNanos);
    }

    NodeId id() {
        return id;
    }

    /** The confirmed session that the packet names. */
    Optional<InboundSession> sessionOf(PacketHeader header) {
        if (current != null && current.isNamed(header)) {
            return Optional.of(current);
        }
        return Optional.ofNullable(previous).filter(session -> session.isNamed(header));
    }

    void heard(InboundSession session, long nowNanos) {
        lastHeardNanos = nowNanos;
        lastKeyId = session.keyId();
    }

    /** Why a handshake of this session is not even decrypted. */
    Optional<RejectReason> refusal(byte[] salt, long nowNanos) {
        if (isAlive(nowNanos) && claims.refuseAgain(salt, nowNanos)) {
            return Optional.of(RejectReason.DUPLICATE_NODE);
        }
        return handshakes.tryTake(nowNanos) ? Optional.empty() : Optional.of(RejectReason.RATE_LIMIT);
    }

    /** The last one that was looked at was another's: it counts as that, or who claims its id could keep the peer from being heard. */
    void claimed(byte[] salt, long nowNanos) {
        if (claims.refuse(salt, nowNanos)) {
            handshakes.giveBack();
        }
    }

    /** A packet of a session unknown here: the peer may have restarted, so ask it soon. */
    void promptHello(long nowNanos) {
        if (!hello.isDue(nowNanos) && promptedHellos.tryTake(nowNanos)) {
            hello.start(nowNanos);
        }
    }

    /** Whether {@code boot} competes with another boot of this node that is alive: one id, two processes. */
    boolean isTakenFrom(long boot, long nowNanos) {
        return current != null && current.boot() != boot && isAlive(nowNanos);
    }

    /** How often somebody else who claims its id, and still does, was refused. */
    long refusedClaims(long nowNanos) {
        return claims.lately(nowNanos);
    }

    int rememberedClaims() {
        return claims.remembered();
    }

    private boolean isAlive(long nowNanos) {
        return current != null && nowNanos - lastHeardNanos < incumbentQuietNanos;
    }

    /** Its last handshake showed who it is. */
    void believed() {
        doubt = null;
    }

    void disbelieved(RejectReason reason) {
        doubt = reason;
    }

    /** Why its last handshake was not believed. */
    Optional<RejectReason> doubt() {
        return Optional.ofNullable(doubt);
    }

    Optional<Instant> certificateEnds() {
        return Optional.ofNullable(current).flatMap(InboundSession::certificateEnds);
    }

    boolean hasConfirmed(byte[] salt) {
        return current != null && current.hasSalt(salt);
    }

    void confirm(InboundSession session, byte[] salt, long nowNanos) {
        challenge.close();
        hello.stop();
        lastHeardNanos = nowNanos;
        if (current == null || current.boot() != session.boot()) {
            previous = null;
            current = session;
            claims.forget();
        } else if (!current.hasSalt(salt)) {
            previous = current;
            current = session;
        }
    }

    /** Whether the peer was heard within the time, and sends under this key. */
    boolean uses(int keyId, long withinNanos, long nowNanos) {
        if (current == null || nowNanos - lastHeardNanos > withinNanos) {
            return false;
        }
        return current.keyId() == keyId || lastKeyId == keyId;
    }

    /** Nothing under this key counts any more. */
    void forget(int keyId) {
        current = current != null && current.keyId() == keyId ? null : current;
        previous = previous != null && previous.keyId() == keyId ? null : previous;
    }

    Optional<Integer> confirmedKeyId() {
        return Optional.ofNullable(current).map(InboundSession::keyId);
    }
}
