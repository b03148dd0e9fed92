package dev.ha4j.totem.security.packet;

import dev.ha4j.totem.security.ClusterKey;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The sessions in which this node sends: the active one and, for the overlap during a change of keys, its successor. The
 * successor is announced at once and used for data only after the overlap, so that peers have confirmed it by then.
 */
final class SendingSessions {

    private final SecurityConfig config;
    private final Introduction introduction;
    private final RandomGenerator random;
    private OutboundSession active;
    private @Nullable OutboundSession successor;
    private long switchAtNanos;
    private boolean rekeyRequested;
    private ClusterKey key;

    SendingSessions(SecurityConfig config, Introduction introduction, RandomGenerator random, long nowNanos) {
        this.config = config;
        this.introduction = introduction;
        this.random = random;
        this.key = config.keys().get(0);
        this.active = newSession(nowNanos);
    }

    /** For data. Past its bound the successor takes over early: a repeated nonce is worse than a few lost packets. */
    OutboundSession active() {
        if (active.packetCount() >= config.limits().rekeyPackets()) {
            active = successor != null ? successor : newSession(active.startedNanos());
            successor = null;
        }
        return active;
    }

    /** For handshakes: the session that peers shall confirm. */
    OutboundSession newest() {
        return successor != null ? successor : active;
    }

    /** From the next session on. */
    void useKey(ClusterKey newKey) {
        if (newKey.id() != key.id()) {
            key = newKey;
            requestRekey();
        }
    }

    /** Whether something may still be sent under this key. */
    boolean uses(int keyId) {
        return keyId == key.id() || keyId == active.keyId() || (successor != null && keyId == successor.keyId());
    }

    void requestRekey() {
        rekeyRequested = true;
    }

    /** Starts or completes a change of keys; true if there is a new session to announce. */
    boolean advance(long nowNanos) {
        if (successor != null) {
            if (switchAtNanos - nowNanos <= 0) {
                active = successor;
                successor = null;
            }
            return false;
        }
        if (!rekeyRequested && !isNearItsEnd(nowNanos)) {
            return false;
        }
        rekeyRequested = false;
        successor = newSession(nowNanos);
        switchAtNanos = nowNanos + config.limits().rekeyOverlap().toNanos();
        return true;
    }

    private boolean isNearItsEnd(long nowNanos) {
        long reservedPackets = config.limits().rekeyPackets() / 16;
        return active.packetCount() >= config.limits().rekeyPackets() - reservedPackets
                || ageDeadlineNanos() - nowNanos <= 0;
    }

    long deadlineNanos() {
        return successor != null ? switchAtNanos : ageDeadlineNanos();
    }

    private long ageDeadlineNanos() {
        return active.startedNanos() + config.limits().rekeyAge().toNanos();
    }

    private OutboundSession newSession(long nowNanos) {
        byte[] salt = new byte[SessionKey.SALT_BYTES];
        random.nextBytes(salt);
        byte suite = introduction.suite();
        Optional<SessionSecret> secret = introduction.newSecret(random);
        SessionKey known = SessionKey.derive(suite, key, config.cluster(), config.self(), salt);
        SessionKey session = secret.map(
                        drawn -> SessionKey.derive(suite, key, config.cluster(), config.self(), salt, drawn.bytes()))
                .orElse(known);
        return new OutboundSession(suite, known, session, secret, config.self(), nowNanos);
    }
}
