package dev.ha4j.testkit.ring;

import dev.ha4j.api.NodeId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Somebody on the wire who keeps datagrams, and takes some off it: never more within the time after which a ring may find its
 * token lost than a healthy ring bears. He can't see which are tokens, so each may be one.
 */
final class Captures {

    /** A token is sent four times before it is lost. */
    private static final int BORNE_LOSSES = 3;

    private static final int MAX_RECENT = 256;
    private static final int MAX_HANDSHAKES = 32;
    private static final int MAX_WITHHELD = 64;

    /** What an outsider brings arrives, whatever its way carries: no larger datagram is taken for proof of that. */
    private static final int MAX_BYTES = 1_300;

    private final SplittableRandom random;
    private final long bearingNanos;
    private final ArrayDeque<Long> lossesNanos = new ArrayDeque<>();
    private final TreeMap<NodeId, Kept> recent = new TreeMap<>();
    private final TreeMap<NodeId, Kept> handshakes = new TreeMap<>();
    private final ArrayDeque<Datagram> withheld = new ArrayDeque<>();
    private int toWithhold;

    /**
     * Of a wire from which nothing was taken yet.
     *
     * @param detectionFloor the soonest that the rings may find their token lost
     */
    Captures(SplittableRandom random, Duration detectionFloor) {
        this.random = random;
        this.bearingNanos = detectionFloor.toNanos();
    }

    /** Keeps the datagram; true if it does not go on. */
    boolean take(Datagram datagram, long nowNanos) {
        if (datagram.isHandshake()) {
            keep(handshakes, datagram, MAX_HANDSHAKES);
            return false;
        }
        if (datagram.bytes().length <= MAX_BYTES) {
            keep(recent, datagram, MAX_RECENT);
        }
        if (toWithhold > 0 && datagram.bytes().length <= MAX_BYTES && random.nextInt(4) == 0 && isBorne(nowNanos)) {
            toWithhold--;
            withheld.addLast(datagram);
            return true;
        }
        return false;
    }

    /** Whether one loss more is none too many; then it counts. */
    private boolean isBorne(long nowNanos) {
        if (lossesNanos.size() == BORNE_LOSSES) {
            if (nowNanos - lossesNanos.getFirst() <= bearingNanos) {
                return false;
            }
            lossesNanos.removeFirst();
        }
        lossesNanos.addLast(nowNanos);
        return true;
    }

    private static void keep(Map<NodeId, Kept> all, Datagram datagram, int most) {
        all.computeIfAbsent(datagram.sender(), sender -> new Kept()).add(datagram, most);
    }

    /** What one node has sent in its present or last life, and what in the one before. */
    private static final class Kept {
        private ArrayDeque<Datagram> last = new ArrayDeque<>();
        private ArrayDeque<Datagram> before = new ArrayDeque<>();

        void add(Datagram datagram, int most) {
            if (!last.isEmpty() && last.getFirst().life() != datagram.life()) {
                before = last;
                last = new ArrayDeque<>();
            } else if (last.size() == most) {
                last.removeFirst();
            }
            last.addLast(datagram);
        }
    }

    /** Takes so many more datagrams off the wire. */
    void withhold(int count) {
        toWithhold = Math.min(MAX_WITHHELD - withheld.size(), count);
    }

    void rest() {
        toWithhold = 0;
    }

    /** What was taken off the wire, and has never arrived. */
    List<Datagram> release() {
        List<Datagram> all = List.copyOf(withheld);
        withheld.clear();
        return all;
    }

    Optional<Datagram> anyOf(NodeId sender) {
        return Optional.ofNullable(recent.get(sender)).flatMap(kept -> any(kept.last));
    }

    Optional<Datagram> anyHandshakeOf(NodeId sender) {
        return Optional.ofNullable(handshakes.get(sender)).flatMap(kept -> any(kept.last));
    }

    Optional<Datagram> anyOfLifeBefore(NodeId sender) {
        return Optional.ofNullable(recent.get(sender)).flatMap(kept -> any(kept.before));
    }

    Optional<Datagram> anyHandshakeOfLifeBefore(NodeId sender) {
        return Optional.ofNullable(handshakes.get(sender)).flatMap(kept -> any(kept.before));
    }

    private Optional<Datagram> any(ArrayDeque<Datagram> kept) {
        return kept.isEmpty() ? Optional.empty() : Optional.of(new ArrayList<>(kept).get(random.nextInt(kept.size())));
    }
}
