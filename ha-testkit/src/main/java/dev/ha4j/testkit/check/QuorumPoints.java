package dev.ha4j.testkit.check;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.QuorumOptions;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.VoterLedger;
import dev.ha4j.testkit.check.Sometimes.Counter;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;

/** The situations that votequorum's options, quorum devices and operators are there for. */
final class QuorumPoints implements TraceListener {

    private static final long LATE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long FLAPS_WITHIN_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int FLAPS = 3;
    private static final List<String> WORDS = List.of("Unblock", "CancelWaitForAll");

    private final Counter counter;
    private final TreeMap<LifeId, Life> lives = new TreeMap<>();
    private final TreeMap<Long, String> asked = new TreeMap<>();
    private long newestEra;
    private long mostTokens;

    QuorumPoints(Counter counter) {
        this.counter = counter;
    }

    private static final class Life {
        private Optional<ClusterState> state = Optional.empty();
        private int members;
        private long ringNanos;
        private long cutWindowNanos;
        private boolean waits;
        private boolean granted;
        private int flaps;
        private long flapsSinceNanos;
    }

    @Override
    public void on(TraceRecord step) {
        Event event = step.event();
        Life life = lives.computeIfAbsent(LifeId.of(step), id -> new Life());
        if (event instanceof Event.RegularInstalled installed) {
            installed(life, step.atNanos(), installed.members());
        } else if (event instanceof Event.QuorumChanged changed) {
            life.waits = changed.explanation().contains("still waiting for all");
            counter.countIf(
                    !changed.quorate() && changed.explanation().contains("half of them, and the other half goes on"),
                    Point.TIE_BREAKER_LOST);
        } else if (event instanceof Event.DeviceVoted voted) {
            voted(life, step.atNanos(), voted.granted());
        } else if (event instanceof Event.OldVoteHeard) {
            counter.countIf(true, Point.VOTE_FOR_AN_OLD_RING);
        } else if (event instanceof Event.DeviceGiven given) {
            counter.countIf(given.taken(), Point.DEVICE_REPLACED);
            counter.countIf(!given.taken(), Point.DEVICE_KEPT);
        } else if (event instanceof Event.ArbitersNamed named) {
            counter.countIf(named.arbiters() > 1, Point.ARBITERS_DIFFER);
        } else if (event instanceof Event.RequestEnded ended) {
            ended(ended);
        } else if (event instanceof Event.RequestMade made && WORDS.contains(made.what())) {
            asked.put(made.request(), made.what());
        } else if (event instanceof Event.StateApplied applied) {
            applied(life, applied.state());
        } else if (event instanceof Event.NodeDied) {
            counter.countIf(life.waits, Point.RESTART_WAITING_FOR_ALL);
            lives.remove(LifeId.of(step));
        }
    }

    private void ended(Event.RequestEnded ended) {
        String word = asked.remove(ended.request());
        counter.countIf("Unblock".equals(word) && ended.result().equals("Refused"), Point.UNBLOCKING_REFUSED);
        counter.countIf("CancelWaitForAll".equals(word) && ended.result().equals("Applied"), Point.WAITING_CANCELLED);
    }

    private void installed(Life life, long nowNanos, SortedSet<NodeId> members) {
        long windowNanos = life.state
                .map(state -> state.policy().quorum())
                .flatMap(QuorumOptions::lastManStanding)
                .map(Duration::toNanos)
                .orElse(0L);
        boolean fewer = members.size() < life.members;
        counter.countIf(fewer && nowNanos - life.cutWindowNanos < windowNanos, Point.WINDOW_CUT);
        life.cutWindowNanos = fewer ? nowNanos : -windowNanos;
        life.members = members.size();
        life.ringNanos = nowNanos;
    }

    private void voted(Life life, long nowNanos, boolean granted) {
        counter.countIf(granted && nowNanos - life.ringNanos > LATE_NANOS, Point.VOTE_LATE);
        if (life.granted && !granted) {
            if (nowNanos - life.flapsSinceNanos > FLAPS_WITHIN_NANOS) {
                life.flaps = 0;
                life.flapsSinceNanos = nowNanos;
            }
            life.flaps++;
            counter.countIf(life.flaps == FLAPS, Point.DEVICE_FLAPS);
        }
        life.granted = granted;
    }

    private void applied(Life life, ClusterState state) {
        Optional<ClusterState> before = life.state;
        life.state = Optional.of(state);
        if (state.version().era() > newestEra) {
            newestEra = state.version().era();
            counter.countIf(true, Point.UNBLOCKED);
            counter.countIf(tokens(before) < mostTokens, Point.UNBLOCKED_WITH_LESS);
        }
        mostTokens = Math.max(mostTokens, state.terms().lastToken());
        before.ifPresent(earlier -> compared(earlier, state));
    }

    private static long tokens(Optional<ClusterState> before) {
        return before.map(state -> state.terms().lastToken()).orElse(0L);
    }

    private void compared(ClusterState earlier, ClusterState state) {
        boolean hadDevice = earlier.policy().quorum().device().isPresent();
        boolean hasDevice = state.policy().quorum().device().isPresent();
        counter.countIf(hadDevice && !hasDevice, Point.DEVICE_TAKEN);
        counter.countIf(!hadDevice && hasDevice, Point.DEVICE_ADDED);
        VoterLedger was = earlier.voters();
        VoterLedger now = state.voters();
        boolean ends =
                was.isUnblocked() && was.change().isEmpty() && now.change().isPresent();
        counter.countIf(ends && now.change().get().by().startsWith("the end of"), Point.UNBLOCKING_TIMED_OUT);
        counter.countIf(was.unblocking().isPresent() && now.unblocking().isEmpty(), Point.UNBLOCKING_OVER);
    }
}
