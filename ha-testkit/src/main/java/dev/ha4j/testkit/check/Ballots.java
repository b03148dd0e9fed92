package dev.ha4j.testkit.check;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.StateVersion;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** How votes were counted at each version of the state. */
final class Ballots implements TraceListener {

    private static final int MAX_CHANGES = 4096;

    private final Set<Ballot> known = new LinkedHashSet<>();
    private final TreeMap<StateVersion, Ballot> changes = new TreeMap<>();

    Ballots(ClusterPolicy policy) {
        Ballot first = Ballot.of(policy);
        known.add(first);
        changes.put(StateVersion.NONE, first);
    }

    @Override
    public void on(TraceRecord step) {
        if (step.event() instanceof Event.StateApplied applied) {
            applied(applied.state());
        } else if (step.event() instanceof Event.RequestMade made && made.what().equals("Unblock")) {
            unblocked(made.value());
        }
    }

    /** An operator said that these are down: if she is heard, it counts before the state says so. */
    private void unblocked(String nodes) {
        List<NodeId> declared = Stream.of(nodes.split(",", -1))
                .map(node -> NodeId.of(Integer.parseInt(node)))
                .toList();
        List<Ballot> until = List.copyOf(known);
        until.forEach(ballot -> known.add(ballot.without(declared)));
    }

    private void applied(ClusterState state) {
        Map.Entry<StateVersion, Ballot> before = changes.floorEntry(state.version());
        boolean sameEpoch = before.getKey().isOfSameEpoch(state.version());
        if (!sameEpoch || !isOf(before.getValue(), state)) {
            Ballot ballot = Ballot.of(state);
            known.add(ballot);
            changes.put(state.version(), ballot);
            if (changes.size() > MAX_CHANGES) {
                changes.remove(changes.higherKey(StateVersion.NONE));
            }
        }
    }

    /** By identity first, for this is asked at each step, and mostly nothing has changed. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isOf(Ballot ballot, ClusterState state) {
        boolean same = ballot.nodes() == state.policy().nodes()
                && ballot.quorum() == state.policy().quorum()
                && state.voters().unblocking().isEmpty()
                && ballot.then().isPresent() == state.voters().change().isPresent()
                && ballot.excused().equals(state.voters().excused());
        return same || ballot.equals(Ballot.of(state));
    }

    /** How votes are counted at a version. */
    Ballot at(StateVersion version) {
        return changes.floorEntry(version).getValue();
    }

    /** Versions of the same epoch, from this one on, from which on votes are counted in another way. */
    Set<StateVersion> changesFrom(StateVersion version) {
        return changes.subMap(version, true, version.endOfEpoch(), true).keySet();
    }

    /** Whether one of all the ways in which votes were ever counted is so. */
    boolean any(Predicate<Ballot> test) {
        return known.stream().anyMatch(test);
    }
}
