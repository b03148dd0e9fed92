package dev.ha4j.testkit.ring;

import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import dev.ha4j.totem.RingId;
import dev.ha4j.totem.security.RejectReason;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Counts how often a run was at each {@link RingCorner}. */
final class RingCorners implements TraceListener {

    /** Payloads above this take more than one packet of any size that a ring uses here. */
    private static final int LONG_BYTES = 10_000;

    private final TreeMap<String, Long> counts = new TreeMap<>();
    private final TreeMap<Integer, RingId> forming = new TreeMap<>();
    private final TreeMap<Integer, RingId> rings = new TreeMap<>();
    private final TreeMap<Integer, TreeSet<Integer>> members = new TreeMap<>();
    private final TreeSet<Integer> running = new TreeSet<>();
    private final TreeSet<Long> longOnes = new TreeSet<>();
    private final TreeMap<Integer, Long> gatheredWithSafe = new TreeMap<>();
    private boolean blackout;

    RingCorners() {
        for (RingCorner corner : RingCorner.values()) {
            counts.put(corner.label(), 0L);
        }
    }

    Map<String, Long> counts() {
        return counts;
    }

    private void count(RingCorner corner, long times) {
        counts.merge(corner.label(), times, Long::sum);
    }

    private void countIf(boolean reached, RingCorner corner) {
        count(corner, reached ? 1 : 0);
    }

    @Override
    public void on(TraceRecord step) {
        Event event = step.event();
        if (event instanceof Event.Delivered delivered) {
            delivered(step, delivered);
        } else if (event instanceof Event.Sent sent) {
            if (sent.bytes() > LONG_BYTES) {
                longOnes.add(sent.digest());
            }
        } else if (event instanceof Event.Gathering gathering) {
            boolean lost = gathering.reason().equals("token lost");
            countIf(lost, RingCorner.TOKEN_LOST);
            if (lost) {
                gatheredWithSafe.put(step.node(), step.atNanos());
            }
        } else if (event instanceof Event.Indeterminate) {
            count(RingCorner.MESSAGE_GIVEN_UP, 1);
        } else if (event instanceof Event.OldMessageRepeated) {
            count(RingCorner.OLD_MESSAGES_REPEATED, 1);
        } else if (event instanceof Event.TokenLent lent) {
            count(RingCorner.TOKEN_LENT, 1);
            countIf(lent.lender().value() != step.node(), RingCorner.TOKEN_LENT_ON);
        } else {
            configuration(step, event);
        }
    }

    private void delivered(TraceRecord step, Event.Delivered delivered) {
        countIf(delivered.inTransitional(), RingCorner.DELIVERED_IN_TRANSITIONAL);
        countIf(delivered.safe(), RingCorner.SAFE_DELIVERED);
        countIf(delivered.safe() && delivered.inTransitional(), RingCorner.SAFE_IN_TRANSITIONAL);
        countIf(longOnes.contains(delivered.digest()), RingCorner.LONG_MESSAGE);
        if (delivered.safe() && gatheredWithSafe.remove(step.node()) != null) {
            count(RingCorner.TOKEN_LOST_WITH_SAFE, 1);
        }
    }

    private void configuration(TraceRecord step, Event event) {
        if (event instanceof Event.TransitionalInstalled installed) {
            countIf(installed.members().size() > 1, RingCorner.TRANSITIONAL_OF_SEVERAL);
        } else if (event instanceof Event.RegularInstalled installed) {
            regular(step, installed);
        } else if (event instanceof Event.Forming ring) {
            RingId before = forming.put(step.node(), ring.ring());
            countIf(before != null && !before.equals(ring.ring()), RingCorner.FORMING_ABANDONED);
        } else if (event instanceof Event.NodeWoke) {
            countIf(isWithout(step.node()), RingCorner.WOKE_ELSEWHERE);
        } else if (event instanceof Event.NodeStarted) {
            running.add(step.node());
        } else if (event instanceof Event.NodeDied died) {
            countIf(died.cause().equals("left"), RingCorner.LEFT_CLEANLY);
            running.remove(step.node());
            members.remove(step.node());
            rings.remove(step.node());
            forming.remove(step.node());
            blackout |= running.isEmpty();
        }
    }

    /** How many rings come together, as the first one sees it who installs the new one. */
    private long merged(Event.RegularInstalled installed) {
        List<RingId> before = installed.members().stream()
                .flatMap(member -> Stream.ofNullable(rings.get(member.value())))
                .distinct()
                .toList();
        return before.contains(installed.ring()) ? 0 : before.size();
    }

    private boolean isWithout(int node) {
        return members.entrySet().stream()
                .anyMatch(entry -> entry.getKey() != node && !entry.getValue().contains(node));
    }

    private void regular(TraceRecord step, Event.RegularInstalled installed) {
        boolean several = installed.members().size() > 1;
        countIf(several && !installed.joined().isEmpty(), RingCorner.MERGE_OF_TWO);
        countIf(merged(installed) > 2, RingCorner.MERGE_OF_THREE);
        rings.put(step.node(), installed.ring());
        countIf(several && step.life() > 1, RingCorner.RING_AFTER_RESTART);
        countIf(several && blackout, RingCorner.RING_AFTER_BLACKOUT);
        blackout &= !several;
        forming.remove(step.node());
        TreeSet<Integer> now = new TreeSet<>();
        installed.members().forEach(member -> now.add(member.value()));
        members.put(step.node(), now);
        gatheredWithSafe.remove(step.node());
    }

    /** What was seen on the wire. */
    void add(LinkNetwork network, PacketChecker packets) {
        count(RingCorner.GROUP_CARRIES, network.carriedByGroup());
        count(RingCorner.GROUP_LOST, network.lostByGroup());
        count(RingCorner.QUEUE_FULL, network.overflowed());
        count(RingCorner.MOVED, packets.fromElsewhere());
    }

    /** What only the rings themselves have counted. */
    void add(RingTotals totals, RingInjector injector, boolean pathIsNarrow) {
        long abandoned = totals.counter("to recovery") - totals.counter("to operational");
        count(RingCorner.RECOVERY_ABANDONED, Math.max(0, abandoned));
        count(RingCorner.FALSE_SUSPICION, totals.counter("false suspicion"));
        count(RingCorner.FAILED_TO_RECEIVE, totals.counter("failed to receive"));
        count(RingCorner.STALE_JOIN, totals.counter("stale join") + totals.counter("join after pause"));
        count(RingCorner.LINK_DOWN, totals.linkDowns());
        count(RingCorner.REFUSED, totals.refusals());
        count(RingCorner.LARGE_PACKETS, totals.largePaths());
        count(RingCorner.PATH_TOO_NARROW, pathIsNarrow ? totals.narrowPaths() : 0);
        count(RingCorner.REPLAY_REFUSED, totals.rejected(RejectReason.REPLAY));
        count(RingCorner.STALE_HANDSHAKE_REFUSED, totals.rejected(RejectReason.STALE_HANDSHAKE));
        count(RingCorner.UNKNOWN_SESSION_REFUSED, totals.rejected(RejectReason.UNKNOWN_SESSION));
        count(RingCorner.FORGERY_REFUSED, totals.rejected(RejectReason.AUTHENTICATION));
        count(RingCorner.VERSION_REFUSED, totals.rejected(RejectReason.VERSION));
        count(RingCorner.NOISE_REFUSED, totals.rejected(RejectReason.MALFORMED));
        count(RingCorner.STRANGER_REFUSED, totals.rejected(RejectReason.UNKNOWN_SENDER));
        count(RingCorner.MISDIRECTED_REFUSED, totals.rejected(RejectReason.MISDIRECTED));
        count(RingCorner.ADDRESS_REFUSED, totals.rejected(RejectReason.ADDRESS));
        count(RingCorner.TWIN_REFUSED, totals.rejected(RejectReason.DUPLICATE_NODE));
        count(RingCorner.OLD_KEY_REFUSED, totals.rejected(RejectReason.UNKNOWN_KEY));
        count(RingCorner.IMPOSTOR_REFUSED, totals.rejected(RejectReason.CERTIFICATE));
        count(RingCorner.NO_CERTIFICATE_REFUSED, totals.rejected(RejectReason.NO_CERTIFICATE));
        count(RingCorner.HANDSHAKES_LIMITED, totals.rejected(RejectReason.RATE_LIMIT));
        count(RingCorner.KEYS_CHANGED, injector.rotation().completed());
        count(RingCorner.KEYS_MIXED, injector.rotation().timesMixed());
        count(RingCorner.LOAN_STRUCK, injector.loansStruck());
        count(RingCorner.COMMIT_TOKEN_LOST, totals.counter("commit token lost"));
    }
}
