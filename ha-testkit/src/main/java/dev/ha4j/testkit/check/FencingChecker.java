package dev.ha4j.testkit.check;

import dev.ha4j.api.Incarnation;
import dev.ha4j.api.NodeId;
import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.InstanceName;
import dev.ha4j.api.state.NodeStatus;
import dev.ha4j.api.state.Presence;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * X3 (who may have run a resource is proven down before it runs elsewhere, even where luck has it that he is), X4 (a confirmed
 * fence that isn't true is a lying device's), X5 (a confirmation is for the life that was aimed at, and proves nothing of the next), X7 (no fencing without
 * quorum, but for the time a lease lasts, or by an operator's order).
 */
final class FencingChecker implements TraceListener {

    private static final List<String> UNLOCKING = List.of("CONFIRMED", "CONFIRMED_BY_HUMAN", "OBSOLETE");

    private static final String NEVER_SEEN = "";

    private final ClusterPolicy policy;
    private final Findings findings;
    private final long leaseNanos;
    private final TreeMap<String, TreeMap<Integer, Holding>> holders = new TreeMap<>();
    private final TreeMap<Integer, String> incarnations = new TreeMap<>();
    private final TreeMap<Integer, Boolean> running = new TreeMap<>();
    private final TreeMap<Integer, Long> inquorateSince = new TreeMap<>();
    private final TreeMap<Integer, String> confirmedBy = new TreeMap<>();
    private final TreeSet<String> confirmedLives = new TreeSet<>();
    private final TreeMap<String, String> aims = new TreeMap<>();
    private final TreeMap<Integer, Long> humanWord = new TreeMap<>();
    private final TreeSet<String> ordered = new TreeSet<>();
    private final TreeMap<Integer, Boolean> lied = new TreeMap<>();
    private final TreeMap<LifeId, Integer> justRecorded = new TreeMap<>();

    FencingChecker(ClusterPolicy policy, long leaseNanos, Findings findings) {
        this.policy = policy;
        this.leaseNanos = leaseNanos;
        this.findings = findings;
    }

    @Override
    public void on(TraceRecord step) {
        Event event = step.event();
        if (event instanceof Event.NodeStarted started) {
            incarnations.put(step.node(), started.incarnation());
            running.put(step.node(), true);
            lied.remove(step.node());
            confirmedBy.remove(step.node());
            inquorateSince.put(step.node(), step.atNanos());
            holders.values().forEach(all -> all.remove(step.node()));
        } else if (event instanceof Event.NodeDied) {
            running.put(step.node(), false);
        } else if (event instanceof Event.QuorumChanged changed) {
            quorum(step, changed.quorate());
        } else if (event instanceof Event.RoleEntered entered && entered.exclusive()) {
            entered(step, entered.resource());
        } else if (event instanceof Event.RoleExited exited && exited.exclusive()) {
            of(exited.resource()).remove(step.node());
        } else if (event instanceof Event.FenceCommand command) {
            aims.put(step.node() + " " + command.device(), command.aimedAt());
            commanded(step, command.target().value());
        } else if (event instanceof Event.FenceAnswer answer) {
            answered(step, answer);
        } else if (event instanceof Event.RequestMade made && made.what().startsWith("ConfirmDown")) {
            humanWord.put(Integer.parseInt(made.value()), step.atNanos());
        } else if (event instanceof Event.RequestMade made && made.what().equals("Unblock")) {
            Stream.of(made.value().split(",", -1))
                    .forEach(node -> humanWord.put(Integer.parseInt(node), step.atNanos()));
        } else if (event instanceof Event.RequestMade made && made.what().equals("Fence")) {
            ordered.add(step.node() + " " + made.value());
        } else if (event instanceof Event.FenceRecorded recorded) {
            recorded(step, recorded);
        } else if (event instanceof Event.StateApplied applied && !justRecorded.isEmpty()) {
            Optional.ofNullable(justRecorded.remove(LifeId.of(step)))
                    .ifPresent(target -> proven(step, applied.state().node(NodeId.of(target)), target));
        }
    }

    private SortedMap<Integer, Holding> of(String resource) {
        return holders.computeIfAbsent(resource, name -> new TreeMap<>());
    }

    private void quorum(TraceRecord step, boolean quorate) {
        if (quorate) {
            inquorateSince.remove(step.node());
        } else {
            inquorateSince.putIfAbsent(step.node(), step.atNanos());
        }
    }

    private void entered(TraceRecord step, String resource) {
        boolean fenced = switch (policy.resource(InstanceName.primitiveOf(resource))
                .orElseThrow()
                .meta()
                .requires()) {
            case RESOURCE_TOKEN, SELF_LEASE, NONE -> false;
            case PROCESS_KILLED, WATCHDOG_LEASE, FABRIC_VERIFIED, POWER_VERIFIED -> true;
        };
        of(resource)
                .forEach((node, holding) -> findings.require(
                        node == step.node() || !fenced || holding.proven || running.getOrDefault(node, false),
                        "X3",
                        step,
                        () -> resource + " enters on " + LifeId.of(step) + " before node " + node
                                + " was proven down"));
        of(resource).keySet().removeIf(node -> node != step.node());
        of(resource).put(step.node(), new Holding());
    }

    private void commanded(TraceRecord step, int target) {
        Long since = inquorateSince.get(step.node());
        findings.require(
                ordered.contains(step.node() + " " + target) || since == null || step.atNanos() - since <= leaseNanos,
                "X7",
                step,
                () -> LifeId.of(step) + " fences though it has not been quorate for longer than a lease");
    }

    private void answered(TraceRecord step, Event.FenceAnswer answer) {
        if (answer.answer().equals("Confirmed")) {
            int target = answer.target().value();
            confirmedBy.put(target, answer.device());
            confirmedLives.add(aims.getOrDefault(step.node() + " " + answer.device(), NEVER_SEEN));
            confirmedLives.add(incarnations.getOrDefault(target, NEVER_SEEN));
            if (!answer.hostOff()) {
                lied.put(answer.target().value(), true);
            }
        }
    }

    private void recorded(TraceRecord step, Event.FenceRecorded recorded) {
        int target = recorded.target().value();
        if (recorded.outcome().equals("CONFIRMED")) {
            findings.require(
                    confirmedBy.containsKey(target)
                            || confirmedLives.contains(recorded.incarnation())
                            || startedSince(target, recorded.incarnation()),
                    "X4",
                    step,
                    () -> "fencing of node " + target + " is recorded as confirmed though no device said so");
            boolean over = recorded.incarnation().isEmpty()
                    || !recorded.incarnation().equals(incarnations.get(target))
                    || !running.getOrDefault(target, false);
            findings.require(
                    over || lied.containsKey(target),
                    "X5",
                    step,
                    () -> "fencing of node " + target + " is recorded as confirmed while it lives");
            justRecorded.put(LifeId.of(step), target);
        }
        if (recorded.outcome().equals("CONFIRMED_BY_HUMAN")) {
            findings.require(
                    humanWord.containsKey(target), "X4", step, () -> "nobody said that node " + target + " is down");
        }
        if (UNLOCKING.contains(recorded.outcome())) {
            holders.values()
                    .forEach(all -> Optional.ofNullable(all.get(target)).ifPresent(holding -> holding.proven = true));
        }
    }

    /** What a fence proves is the end of the life that it was aimed at, and not of the one that came after. */
    private void proven(TraceRecord step, NodeStatus status, int target) {
        boolean takenForDown =
                status.presence() == Presence.LOST && status.proof().level() == ProofLevel.POWER_VERIFIED;
        boolean isPresentLife =
                status.incarnation().map(Incarnation::toString).equals(Optional.ofNullable(incarnations.get(target)));
        findings.require(
                !takenForDown || !isPresentLife || !running.getOrDefault(target, false) || lied.containsKey(target),
                "X5",
                step,
                () -> LifeId.of(step) + " takes node " + target
                        + " for proven down, which lives on after the fenced life");
    }

    private boolean startedSince(int target, String incarnation) {
        return !incarnation.equals(incarnations.get(target)) && running.getOrDefault(target, false);
    }

    private static final class Holding {
        private boolean proven;
    }
}
