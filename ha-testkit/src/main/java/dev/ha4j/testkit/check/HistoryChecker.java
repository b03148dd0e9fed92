package dev.ha4j.testkit.check;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.RequestId;
import dev.ha4j.api.state.StateVersion;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * T1 (one controller in an epoch, epochs rise), C1 (equal versions are equal states), C2 and C5 (what was acknowledged is part
 * of every later epoch), C3 (what was refused never shows, and nothing is carried out twice), C6 (tokens that were in use are known to every later epoch).
 */
final class HistoryChecker implements TraceListener {

    private static final int MAX_VERSIONS = 4096;

    private final Findings findings;
    private final Map<StateVersion, ClusterState> states = new LinkedHashMap<>();
    private final TreeMap<StateVersion, String> controllers = new TreeMap<>();
    private final TreeMap<Integer, Long> epochs = new TreeMap<>();
    private final TreeMap<LifeId, ClusterState> present = new TreeMap<>();
    private final TreeMap<Long, Wish> wishes = new TreeMap<>();
    private final TreeMap<String, List<Wish>> byKey = new TreeMap<>();
    private final TreeMap<StateVersion, Long> tokenFloors = new TreeMap<>();
    private final TreeSet<Long> eras = new TreeSet<>();
    private final TreeMap<String, NodeId> owners = new TreeMap<>();
    private long tokensInUse;

    HistoryChecker(Findings findings) {
        this.findings = findings;
    }

    @Override
    public void on(TraceRecord step) {
        Event event = step.event();
        if (event instanceof Event.StateApplied applied) {
            applied(step, applied.state());
        } else if (event instanceof Event.EpochOpened opened) {
            opened(step, opened);
        } else if (event instanceof Event.NodeStarted started && !started.diskKept()) {
            epochs.remove(step.node());
        } else if (event instanceof Event.NodeDied) {
            present.remove(LifeId.of(step));
        } else if (event instanceof Event.RoleEntered entered) {
            tokensInUse = Math.max(tokensInUse, entered.token());
        } else if (event instanceof Event.RequestMade made && !made.key().isEmpty()) {
            if (!wishes.containsKey(made.request())) {
                Wish wish = new Wish(made.key(), made.value());
                wishes.put(made.request(), wish);
                byKey.computeIfAbsent(made.key(), key -> new ArrayList<>()).add(wish);
            }
        } else if (event instanceof Event.RequestEnded ended) {
            ended(step, ended);
        }
    }

    private void ended(TraceRecord step, Event.RequestEnded ended) {
        Wish wish = wishes.get(ended.request());
        if (wish == null) {
            return;
        }
        wish.outcome = ended.result();
        wish.version = ended.version();
        if (ended.result().equals("Applied")) {
            owner(present.get(LifeId.of(step)), wish.key).ifPresent(owner -> owners.put(wish.key, owner));
            List<Wish> rivals = byKey.getOrDefault(wish.key, new ArrayList<>());
            rivals.removeIf(other ->
                    other != wish && other.outcome.equals("Applied") && other.version.compareTo(wish.version) < 0);
        }
    }

    private void applied(TraceRecord step, ClusterState state) {
        ClusterState known = states.putIfAbsent(state.version(), state);
        ClusterState before = present.put(LifeId.of(step), state);
        findings.require(
                known == null || areEqual(known, state, before),
                "C1",
                step,
                () -> LifeId.of(step) + " has another state of version " + state.version() + ": "
                        + Difference.between(known, state));
        if (before != null && before.nodes().size() > state.nodes().size()) {
            forgetRemoved(before, state);
        }
        if (before == null || !before.version().isOfSameEpoch(state.version())) {
            newEpoch(step, state);
        } else {
            answeredOnce(step, before, state);
        }
        if (states.size() > MAX_VERSIONS) {
            states.remove(states.keySet().iterator().next());
        }
    }

    /** The state that the node had before was found equal to the one known of its version. */
    private boolean areEqual(ClusterState known, ClusterState state, @Nullable ClusterState before) {
        ClusterState knownBefore = before == null ? null : states.get(before.version());
        if (before == null || knownBefore == null || !findings.isEmpty()) {
            return known.equals(state);
        }
        return StateTwins.haveChangedAlike(state, before, known, knownBefore);
    }

    /** What was asked for a node goes with it when it is removed from the cluster. */
    private void forgetRemoved(ClusterState before, ClusterState after) {
        before.nodes().forEach(entry -> {
            if (!after.nodes().containsKey(entry.getKey())) {
                entry.getValue().attributes().keySet().forEach(byKey::remove);
            }
        });
    }

    /** A request that comes again changes nothing. */
    private void answeredOnce(TraceRecord step, ClusterState before, ClusterState after) {
        Optional<RequestId> answered =
                after.requests().byIndex().get(after.version().index());
        findings.require(
                answered.isEmpty() || !before.requests().answers().containsKey(answered.get()),
                "C3",
                step,
                () -> "request " + answered.get() + " is carried out once more in " + after.version());
    }

    /** Everything that was acknowledged before this epoch began anywhere has to be in it. */
    private void newEpoch(TraceRecord step, ClusterState state) {
        StateVersion epoch = state.version().endOfEpoch();
        Long floor = tokenFloors.get(epoch);
        if (state.version().era() > 0 && eras.add(state.version().era())) {
            forgiveLoss(state);
        }
        findings.require(
                floor == null || state.terms().lastToken() >= floor,
                "C6",
                step,
                () -> LifeId.of(step) + " is at " + state.version() + " with tokens up to "
                        + state.terms().lastToken() + ", though " + floor + " was in use before");
        byKey.keySet().removeIf(key -> isRemoved(state, key));
        byKey.forEach((key, all) -> remembered(step, state, key, all));
    }

    /** An operator let some go on without those who may know more: what these had acknowledged may be lost. Tokens are not. */
    private void forgiveLoss(ClusterState state) {
        byKey.values()
                .forEach(all -> all.removeIf(wish -> wish.outcome.equals("Applied")
                        && wish.version.era() < state.version().era()));
    }

    private boolean isRemoved(ClusterState state, String key) {
        NodeId owner = owners.get(key);
        return owner != null && !state.nodes().containsKey(owner);
    }

    private void remembered(TraceRecord step, ClusterState state, String key, List<Wish> all) {
        Optional<Wish> last = all.stream()
                .filter(wish -> wish.outcome.equals("Applied"))
                .filter(wish ->
                        !wish.version.isOfSameEpoch(state.version()) && wish.version.compareTo(state.version()) < 0)
                .max((a, b) -> a.version.compareTo(b.version));
        String value = value(state, key);
        boolean allowed = last.isEmpty()
                ? true
                : all.stream()
                        .filter(wish -> wish == last.get() || !wish.outcome.equals("Refused"))
                        .filter(wish ->
                                !wish.outcome.equals("Applied") || wish.version.compareTo(last.get().version) >= 0)
                        .anyMatch(wish -> wish.value.equals(value));
        findings.require(
                allowed,
                "C2",
                step,
                () -> LifeId.of(step) + " in epoch " + state.version().epoch() + " has " + key + "=" + value
                        + " though " + last.get().value + " was acknowledged in " + last.get().version);
        boolean refused = all.stream().anyMatch(wish -> wish.value.equals(value) && wish.outcome.equals("Refused"));
        findings.require(!refused, "C3", step, () -> key + "=" + value + " was refused, and is there");
    }

    private static String value(ClusterState state, String key) {
        return owner(state, key)
                .map(node -> state.node(node).attributes().get(key))
                .orElse("");
    }

    /** The node whose attribute it is. */
    private static Optional<NodeId> owner(@Nullable ClusterState state, String key) {
        return state == null
                ? Optional.empty()
                : state.nodes().stream()
                        .filter(entry -> entry.getValue().attributes().containsKey(key))
                        .map(Map.Entry::getKey)
                        .findFirst();
    }

    private void opened(TraceRecord step, Event.EpochOpened opened) {
        String controller = opened.controller().toString();
        StateVersion epoch = new StateVersion(opened.era(), opened.epoch(), 0).endOfEpoch();
        if (!controllers.containsKey(epoch)) {
            tokenFloors.put(epoch, tokensInUse);
        }
        String known = controllers.putIfAbsent(epoch, controller);
        findings.require(
                known == null || known.equals(controller),
                "T1",
                step,
                () -> "epoch " + opened.epoch() + " has controllers " + known + " and " + controller);
        Long before = epochs.put(step.node(), opened.epoch());
        findings.require(
                before == null || before < opened.epoch(),
                "T1",
                step,
                () -> LifeId.of(step) + " opens epoch " + opened.epoch() + " after " + before);
    }

    private static final class Wish {
        private final String key;
        private final String value;
        private String outcome = "";
        private StateVersion version = StateVersion.NONE;

        Wish(String key, String value) {
            this.key = key;
            this.value = value;
        }
    }
}
