package dev.ha4j.testkit.check;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.Presence;
import dev.ha4j.api.state.VoterChange;
import dev.ha4j.testkit.check.Sometimes.Counter;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** What becomes of changes of the voters. */
final class VoterPoints implements TraceListener {

    private final Counter counter;
    private final TreeMap<LifeId, ClusterState> states = new TreeMap<>();

    VoterPoints(Counter counter) {
        this.counter = counter;
    }

    @Override
    public void on(TraceRecord step) {
        Event event = step.event();
        LifeId life = LifeId.of(step);
        if (event instanceof Event.StateApplied applied) {
            applied(Optional.ofNullable(states.put(life, applied.state())), applied.state());
        } else if (event instanceof Event.QuorumChanged changed) {
            counter.countIf(
                    !changed.quorate() && changed.explanation().startsWith("while votes are changed"),
                    Point.VOTERS_CHANGING_INQUORATE);
            counter.countIf(
                    changed.quorate() && changed.explanation().endsWith("are not expected until they are back"),
                    Point.QUORATE_FOR_FEWER);
        } else if (event instanceof Event.NodeDied) {
            states.remove(life);
        }
    }

    private void excused(VoterChange change, ClusterState before) {
        TreeSet<NodeId> fewer = new TreeSet<>(change.excused());
        fewer.removeAll(before.voters().excused());
        counter.countIf(
                fewer.stream().anyMatch(node -> before.node(node).presence() == Presence.LOST), Point.VOTER_MISSED);
        counter.countIf(fewer.stream().anyMatch(node -> before.node(node).leaving()), Point.VOTER_LEFT);
        counter.countIf(!change.excused().containsAll(before.voters().excused()), Point.VOTER_EXPECTED_AGAIN);
    }

    private void applied(Optional<ClusterState> before, ClusterState after) {
        Optional<VoterChange> change = before.flatMap(state -> state.voters().change());
        boolean opens = before.isPresent()
                && before.get().version().epoch() < after.version().epoch();
        counter.countIf(opens && after.voters().change().isPresent(), Point.VOTERS_CHANGING_QUORATE);
        if (change.isPresent() && !opens && after.voters().change().isEmpty()) {
            completed(change.get(), before.orElseThrow(), after);
        }
    }

    private void completed(VoterChange change, ClusterState before, ClusterState after) {
        int nodes = after.policy().nodes().size() - before.policy().nodes().size();
        counter.countIf(true, Point.VOTERS_CHANGED);
        counter.countIf(change.since().epoch() < after.version().epoch(), Point.VOTERS_CHANGED_LATER);
        excused(change, before);
        counter.countIf(nodes < 0, Point.VOTER_REMOVED);
        counter.countIf(nodes > 0, Point.VOTER_ADDED);
    }
}
