package dev.ha4j.testkit.check;

import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.InstanceName;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * X1 (never active on two nodes), X6 (nor where a stop, or letting go, failed or has not ended), X2 (no term is held once a later one is in use; where only the storage protects it, not after a pause in which another took
 * over, if it was long enough to be noticed), X9 (tokens are used once and rise). Ground truth: user code between enter and exit, in a life that has not ended, frozen or
 * not. What only a lease or the storage protects is judged by what its threads find held, and by what the storage takes.
 */
final class ExclusivityChecker implements TraceListener {

    private final Findings findings;
    private final ClusterPolicy policy;
    private final long noticedNanos;
    private final TreeMap<String, TreeMap<LifeId, Long>> active = new TreeMap<>();
    private final TreeMap<String, Long> newest = new TreeMap<>();
    private final TreeMap<String, Long> accepted = new TreeMap<>();
    private final TreeMap<Long, String> users = new TreeMap<>();
    private final TreeMap<LifeId, TreeMap<String, Long>> superseded = new TreeMap<>();
    private final TreeMap<LifeId, TreeSet<String>> unstopped = new TreeMap<>();
    private final TreeSet<LifeId> frozen = new TreeSet<>();
    private final TreeMap<Integer, Long> lyingUntil = new TreeMap<>();

    ExclusivityChecker(ClusterPolicy policy, long noticedNanos, Findings findings) {
        this.policy = policy;
        this.noticedNanos = noticedNanos;
        this.findings = findings;
    }

    @Override
    public void on(TraceRecord step) {
        Event event = step.event();
        LifeId life = LifeId.of(step);
        if (event instanceof Event.RoleEntered entered && entered.exclusive()) {
            entered(step, entered);
        } else if (event instanceof Event.RoleExited exited && exited.exclusive()) {
            of(exited.resource()).remove(life);
        } else if (event instanceof Event.OperationBegan began && isStop(began.operation())) {
            unstopped.computeIfAbsent(life, key -> new TreeSet<>()).add(began.resource());
        } else if (event instanceof Event.OperationEnded ended && isStop(ended.operation()) && ended.ok()) {
            unstopped.getOrDefault(life, new TreeSet<>()).remove(ended.resource());
        } else if (event instanceof Event.NodeDied) {
            unstopped.remove(life);
            active.values().forEach(holders -> holders.remove(life));
            frozen.remove(life);
            superseded.remove(life);
            lyingUntil.remove(step.node());
        } else if (event instanceof Event.NodeFroze) {
            frozen.add(life);
        } else if (event instanceof Event.NodeWoke woke) {
            woke(life, woke.frozenNanos());
        } else if (event instanceof Event.Held held) {
            held(step, held);
        } else if (event instanceof Event.Acted acted) {
            acted(step, acted);
        } else if (event instanceof Event.FenceAnswer answer
                && answer.answer().equals("Confirmed")
                && !answer.hostOff()) {
            lyingUntil.put(answer.target().value(), step.atNanos());
        }
    }

    private static boolean isStop(String operation) {
        return operation.equals("stop") || operation.equals("demote") || operation.equals("migrate_to");
    }

    private SortedMap<LifeId, Long> of(String resource) {
        return active.computeIfAbsent(resource, name -> new TreeMap<>());
    }

    private ProofLevel demandedBy(String resource) {
        return policy.resource(InstanceName.primitiveOf(resource))
                .orElseThrow()
                .meta()
                .requires();
    }

    private void entered(TraceRecord step, Event.RoleEntered entered) {
        LifeId life = LifeId.of(step);
        String resource = entered.resource();
        String user = resource + " on " + life;
        String earlier = users.putIfAbsent(entered.token(), user);
        findings.require(
                earlier == null || earlier.equals(user),
                "X9",
                step,
                () -> "token " + entered.token() + " is used by " + earlier + " and by " + user);
        findings.require(
                entered.token() >= newest.getOrDefault(resource, 0L),
                "X9",
                step,
                () -> user + " has token " + entered.token() + " though " + newest.get(resource)
                        + " was in use before");
        List<LifeId> others = new ArrayList<>(of(resource).keySet());
        others.remove(life);
        others.removeIf(other -> isExcused(resource, other));
        boolean badStop = others.stream()
                .anyMatch(
                        other -> unstopped.getOrDefault(other, new TreeSet<>()).contains(resource));
        findings.require(
                others.isEmpty(),
                badStop ? "X6" : "X1",
                step,
                () -> resource + " enters on " + life + " while active on " + others
                        + (badStop ? ", where a stop failed" : ""));
        of(resource).put(life, entered.token());
        newest.merge(resource, entered.token(), Math::max);
    }

    /** By the guarantee that the resource asked for; or because a device lied, which breaks exclusivity by nature. */
    private boolean isExcused(String resource, LifeId holder) {
        ProofLevel demanded = demandedBy(resource);
        return demanded == ProofLevel.RESOURCE_TOKEN
                || (demanded == ProofLevel.SELF_LEASE && frozen.contains(holder))
                || lyingUntil.containsKey(holder.node());
    }

    /** Who was replaced in its sleep must not find its term held any more; replaced by token in a short one, while its lease runs, it may. */
    private void woke(LifeId life, long frozenNanos) {
        frozen.remove(life);
        active.forEach((resource, holders) -> {
            Long token = holders.get(life);
            boolean isNap = demandedBy(resource) == ProofLevel.RESOURCE_TOKEN && frozenNanos <= noticedNanos;
            if (token != null && token < newest.getOrDefault(resource, 0L) && !isNap) {
                superseded.computeIfAbsent(life, key -> new TreeMap<>()).put(resource, token);
            }
        });
    }

    private void held(TraceRecord step, Event.Held held) {
        LifeId life = LifeId.of(step);
        Long lost = superseded.getOrDefault(life, new TreeMap<>()).get(held.resource());
        boolean replacedInSleep = lost != null && held.token() <= lost;
        boolean outdated = held.token() < newest.getOrDefault(held.resource(), 0L)
                && demandedBy(held.resource()) != ProofLevel.RESOURCE_TOKEN
                && !lyingUntil.containsKey(step.node());
        findings.require(
                !replacedInSleep && !outdated,
                "X2",
                step,
                () -> life + " finds term " + held.token() + " of " + held.resource() + " held though "
                        + newest.get(held.resource()) + " is in use");
    }

    /** A storage that guards takes tokens in rising order only: the stub is judged too. */
    private void acted(TraceRecord step, Event.Acted acted) {
        if (acted.guards() && acted.accepted()) {
            long before = accepted.getOrDefault(acted.resource(), 0L);
            findings.require(
                    acted.token() >= before,
                    "X9",
                    step,
                    () -> "the storage took token " + acted.token() + " of " + LifeId.of(step) + " after " + before);
            accepted.put(acted.resource(), acted.token());
        }
    }
}
