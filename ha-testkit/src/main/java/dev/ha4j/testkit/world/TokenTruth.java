package dev.ha4j.testkit.world;

import dev.ha4j.totem.RingId;
import dev.ha4j.totem.Token;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** When a node really passed on the token that comes back to it: seen on the wire, whatever the node makes of it. */
public final class TokenTruth {

    private final LongSupplier worldNanos;
    private Optional<RingId> ring = Optional.empty();
    private long hop;
    private long passedOnAtNanos;
    private Optional<RingId> arrivingOn = Optional.empty();
    private long arrivingSince;
    private Optional<RingId> alone = Optional.empty();
    private long lastAloneNanos;

    public TokenTruth(LongSupplier worldNanos) {
        this.worldNanos = worldNanos;
    }

    /** A token goes out; repetitions don't count. */
    void passed(Token token) {
        boolean repeated = ring.equals(Optional.of(token.ring())) && token.hop() <= hop;
        if (!repeated) {
            ring = Optional.of(token.ring());
            hop = token.hop();
            passedOnAtNanos = worldNanos.getAsLong();
        }
    }

    /** A packet comes in. If it is a token and accepted, it will be passed on before anybody is told. */
    void arrives() {
        arrivingOn = ring;
        arrivingSince = passedOnAtNanos;
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
