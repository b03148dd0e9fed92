package dev.ha4j.testkit.world;

import dev.ha4j.totem.RingId;
import dev.ha4j.totem.Token;
import dev.ha4j.totem.TotemMessage;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** When a node really passed on the token that comes back to it: seen on the wire, whatever the node makes of it. */
public final class TokenTruth {

    private final LongSupplier worldNanos;
    private Optional<RingId> ring = Optional.empty();
    private long hop;
    private boolean isInTurn;
    private Optional<RingId> visitedOn = Optional.empty();
    private long visitedAtHop;
    private long passedOnAtNanos;
    private Optional<RingId> arrivingOn = Optional.empty();
    private long arrivingSince;
    private Optional<RingId> alone = Optional.empty();
    private long lastAloneNanos;

    public TokenTruth(LongSupplier worldNanos) {
        this.worldNanos = worldNanos;
    }

    /** A token goes out, or is lent. Repetitions don't count; nor does what goes out again after it was borrowed. */
    void passed(Token token) {
        boolean isFirst = !ring.equals(Optional.of(token.ring()));
        if (isFirst || token.hop() > hop) {
            ring = Optional.of(token.ring());
            hop = token.hop();
            passedOnAtNanos = isFirst || isInTurn ? worldNanos.getAsLong() : passedOnAtNanos;
            isInTurn = false;
        }
    }

    /** A packet comes in. If it is a token and accepted, it will be passed on before anybody is told. */
    void arrives(TotemMessage message) {
        arrivingOn = ring;
        arrivingSince = passedOnAtNanos;
        if (message instanceof Token token
                && (!visitedOn.equals(Optional.of(token.ring())) || token.hop() > visitedAtHop)) {
            visitedOn = Optional.of(token.ring());
            visitedAtHop = token.hop();
            isInTurn = true;
        }
    }

    /** A ring was installed. The token of a ring of one is on no wire: it is passed on whenever it is there. */
    void installed(RingId installed, int members) {
        alone = members == 1 ? Optional.of(installed) : Optional.empty();
        lastAloneNanos = worldNanos.getAsLong();
    }

    /** When the token that has just been accepted was passed on here before; empty at the first visit. */
    OptionalLong returnedOn(RingId visited) {
        if (alone.equals(Optional.of(visited))) {
            long since = lastAloneNanos;
            lastAloneNanos = worldNanos.getAsLong();
            return OptionalLong.of(since);
        }
        return arrivingOn.equals(Optional.of(visited)) ? OptionalLong.of(arrivingSince) : OptionalLong.empty();
    }
}
