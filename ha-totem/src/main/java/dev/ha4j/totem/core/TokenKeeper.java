package dev.ha4j.totem.core;

import dev.ha4j.api.config.RingTime;
import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.Token;
import java.util.Optional;

/** Keeps the token while nobody needs it: held by an idle ring, or lingering in a quiet one, for as long as the rotation has left. */
final class TokenKeeper {

    private static final long NANOS_PER_MICRO = 1_000;

    /** So many loans take up what a rotation may linger, however fast they are: each is two hops that others wait for. */
    private static final int MOST_LOANS = 32;

    private final Timers timers;
    private final long lingerNanos;
    private Optional<Possession> kept = Optional.empty();
    private boolean isLingering;
    private long since;

    TokenKeeper(RingConfig config, Timers timers) {
        this.timers = timers;
        this.lingerNanos = config.nanos(RingTime.LINGER);
    }

    /** Whether it ever lingers. */
    boolean lingers() {
        return lingerNanos > 0;
    }

    boolean mayLinger(Token token) {
        return leftNanos(token) > 0;
    }

    private long leftNanos(Token token) {
        return lingerNanos - token.lingeredMicros() * NANOS_PER_MICRO;
    }

    void hold(Possession possession, long until) {
        kept = Optional.of(possession);
        isLingering = false;
        timers.set(Timers.Name.HOLD, until);
    }

    void linger(Possession possession, long now) {
        hold(possession, now + leftNanos(possession.token()));
        isLingering = true;
        since = now;
    }

    boolean isKeeping() {
        return kept.isPresent();
    }

    /** What was kept, if anything was. */
    Optional<Possession> release(long now) {
        Optional<Possession> released = isLingering ? kept.map(possession -> lingered(possession, now)) : kept;
        kept = Optional.empty();
        isLingering = false;
        timers.cancel(Timers.Name.HOLD);
        return released;
    }

    private Possession lingered(Possession possession, long now) {
        return possession.with(later(possession.token(), now - since));
    }

    /** The token on its way to a borrower. */
    Token lent(Token token) {
        return later(token, lingerNanos / MOST_LOANS);
    }

    private static Token later(Token token, long nanos) {
        long micros = token.lingeredMicros() + nanos / NANOS_PER_MICRO + 1;
        return token.withLingeredMicros((int) Math.min(micros, Integer.MAX_VALUE));
    }
}
