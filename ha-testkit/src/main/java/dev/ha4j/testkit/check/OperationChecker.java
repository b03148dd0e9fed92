package dev.ha4j.testkit.check;

import dev.ha4j.api.Score;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.ColocationConstraint;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.config.OrderConstraint;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * S1 (what is ordered behind another starts only when that has started), S2 (what has to be with another starts only where
 * that is), S5 (one operation of a resource at a time on a node, but for one whose time is over). For primitives, by what user
 * code sees. S1 and S2 bind whoever orders, by what the cluster could know.
 */
final class OperationChecker implements TraceListener {

    private final ClusterPolicy policy;
    private final Findings findings;
    private final long timeoutNanos;
    private final TreeMap<LifeId, TreeSet<String>> started = new TreeMap<>();
    private final TreeMap<LifeId, TreeMap<String, Long>> underWay = new TreeMap<>();
    private final TreeSet<LifeId> quorate = new TreeSet<>();
    private final OrdersUnderWay orders = new OrdersUnderWay();

    OperationChecker(ClusterPolicy policy, Findings findings) {
        this.policy = policy;
        this.findings = findings;
        this.timeoutNanos = policy.options().defaultTimeout().toNanos();
    }

    @Override
    public void on(TraceRecord step) {
        orders.on(step);
        LifeId life = LifeId.of(step);
        if (step.event() instanceof Event.OperationBegan began) {
            began(step, life, began);
        } else if (step.event() instanceof Event.OperationEnded ended) {
            underWay.getOrDefault(life, new TreeMap<>()).remove(ended.resource());
            boolean starts =
                    ended.operation().equals("start") || ended.operation().equals("migrate_from");
            if (ended.ok() && starts) {
                started.computeIfAbsent(life, key -> new TreeSet<>()).add(ended.resource());
            }
        } else if (step.event() instanceof Event.RoleExited exited) {
            started.getOrDefault(life, new TreeSet<>()).remove(exited.resource());
        } else if (step.event() instanceof Event.QuorumChanged changed) {
            if (changed.quorate()) {
                quorate.add(life);
            } else {
                quorate.remove(life);
            }
        } else if (step.event() instanceof Event.NodeDied) {
            started.remove(life);
            underWay.remove(life);
            quorate.remove(life);
        }
    }

    private void began(TraceRecord step, LifeId life, Event.OperationBegan began) {
        String resource = began.resource();
        Long earlier = underWay.computeIfAbsent(life, key -> new TreeMap<>()).put(resource, step.atNanos());
        findings.require(
                earlier == null || step.atNanos() - earlier >= timeoutNanos,
                "S5",
                step,
                () -> began.operation() + " of " + resource + " begins on " + life
                        + " while another operation of it runs");
        if (began.operation().equals("start") && quorate.contains(life)) {
            policy.constraints().forEach(rule -> {
                if (rule instanceof OrderConstraint order) {
                    order(step, life, resource, order);
                } else if (rule instanceof ColocationConstraint together) {
                    together(step, life, resource, together);
                }
            });
        }
    }

    private void order(TraceRecord step, LifeId life, String resource, OrderConstraint order) {
        boolean concerned = order.then().equals(resource)
                && order.kind() == OrderConstraint.Kind.MANDATORY
                && order.firstAction() == OperationName.START
                && order.thenAction() == OperationName.START;
        boolean ready = started.values().stream().anyMatch(all -> all.contains(order.first()))
                || orders.isBlind(life, resource, order.first());
        findings.require(
                !concerned || ready,
                "S1",
                step,
                () -> resource + " starts on " + life + " before " + order.first() + " has started");
    }

    private void together(TraceRecord step, LifeId life, String resource, ColocationConstraint together) {
        boolean concerned = together.dependent().equals(resource)
                && together.dependentRole().isEmpty()
                && together.primaryRole().isEmpty()
                && together.score().equals(Score.INFINITY);
        boolean there = started.getOrDefault(life, new TreeSet<>()).contains(together.primary())
                || orders.isBlind(life, resource, together.primary());
        findings.require(
                !concerned || there,
                "S2",
                step,
                () -> resource + " starts on " + life + ", where " + together.primary() + " is not");
    }
}
