package dev.ha4j.testkit.check;

import dev.ha4j.testkit.check.Sometimes.Counter;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Points of resources, roles and terms. */
final class RolePoints implements TraceListener {

    private static final long HANGS_NANOS = 1_000_000_000L;

    private final Counter counter;
    private final TreeMap<LifeId, TreeSet<String>> exclusive = new TreeMap<>();
    private final TreeMap<LifeId, TreeMap<String, Long>> underWay = new TreeMap<>();
    private final TreeMap<LifeId, Boolean> frozen = new TreeMap<>();
    private final TreeSet<LifeId> replacedInSleep = new TreeSet<>();
    private final TreeSet<LifeId> justWoken = new TreeSet<>();
    private final TreeSet<LifeId> stopFailed = new TreeSet<>();
    private final TreeMap<String, Holder> last = new TreeMap<>();

    RolePoints(Counter counter) {
        this.counter = counter;
    }

    @Override
    public void on(TraceRecord step) {
        Event event = step.event();
        LifeId life = LifeId.of(step);
        if (event instanceof Event.RoleEntered entered && entered.exclusive()) {
            entered(life, entered.resource());
        } else if (event instanceof Event.RoleExited exited && exited.exclusive()) {
            roles(life).remove(exited.resource());
            last.computeIfPresent(
                    exited.resource(),
                    (name, holder) -> holder.life.equals(life) ? new Holder(life, end(exited)) : holder);
        } else if (event instanceof Event.OperationBegan began) {
            operations(life).put(began.resource(), step.atNanos());
        } else if (event instanceof Event.OperationEnded ended) {
            ended(step, life, ended);
        } else if (event instanceof Event.NodeFroze) {
            frozen.put(life, true);
            counter.countIf(!roles(life).isEmpty(), Point.HOLDER_FROZEN);
        } else if (event instanceof Event.NodeWoke) {
            frozen.remove(life);
            justWoken.add(life);
            counter.countIf(replacedInSleep.remove(life), Point.REPLACED_HOLDER_WAKES);
        } else if (event instanceof Event.NotHeld) {
            counter.countIf(justWoken.remove(life), Point.LEASE_LOST_IN_SLEEP);
        } else if (event instanceof Event.Acted acted) {
            counter.countIf(!acted.accepted(), Point.STALE_ACT_REFUSED);
        } else if (event instanceof Event.NodeDied died) {
            died(life, died);
        } else if (Sometimes.isLossOfQuorum(event)) {
            counter.countIf(!roles(life).isEmpty(), Point.QUORUM_LOST_LEADING);
            boolean promoting = operations(life).keySet().stream().anyMatch(roles(life)::contains);
            counter.countIf(promoting, Point.QUORUM_LOST_PROMOTING);
        }
    }

    private static End end(Event.RoleExited exited) {
        return exited.cause().equals("handed over") ? End.HANDED_OVER : End.EXIT;
    }

    private Set<String> roles(LifeId life) {
        return exclusive.computeIfAbsent(life, key -> new TreeSet<>());
    }

    private Map<String, Long> operations(LifeId life) {
        return underWay.computeIfAbsent(life, key -> new TreeMap<>());
    }

    private void ended(TraceRecord step, LifeId life, Event.OperationEnded ended) {
        Long begun = operations(life).remove(ended.resource());
        counter.countIf(begun != null && step.atNanos() - begun > HANGS_NANOS, Point.CALLBACK_HUNG);
        boolean failedStop = !ended.ok()
                && (ended.operation().equals("stop") || ended.operation().equals("demote"));
        counter.countIf(failedStop, Point.STOP_FAILED);
        counter.countIf(!ended.ok() && ended.operation().startsWith("migrate_"), Point.MIGRATION_FAILED);
        if (failedStop) {
            stopFailed.add(life);
        }
    }

    private void died(LifeId life, Event.NodeDied died) {
        boolean fenced = died.cause().startsWith("fenced");
        counter.countIf(stopFailed.remove(life) && fenced, Point.STOP_FAILED_THEN_FENCED);
        last.replaceAll((name, holder) -> holder.life.equals(life) && holder.end == End.NONE
                ? new Holder(life, fenced ? End.FENCE : End.DEATH)
                : holder);
        exclusive.remove(life);
        underWay.remove(life);
        frozen.remove(life);
        justWoken.remove(life);
        replacedInSleep.remove(life);
    }

    private void entered(LifeId life, String resource) {
        exclusive.forEach((other, resources) -> {
            if (frozen.containsKey(other) && resources.contains(resource)) {
                replacedInSleep.add(other);
            }
        });
        roles(life).add(resource);
        Holder before = last.put(resource, new Holder(life, End.NONE));
        if (before != null && before.life.node() != life.node()) {
            counter.countIf(true, Point.TERM_TAKEN_OVER);
            counter.countIf(before.end == End.EXIT, Point.TAKEN_OVER_AFTER_EXIT);
            counter.countIf(before.end == End.HANDED_OVER, Point.MIGRATED);
            counter.countIf(before.end == End.FENCE, Point.TAKEN_OVER_AFTER_FENCE);
            counter.countIf(before.end == End.NONE, Point.TAKEN_OVER_BY_LEASE);
        }
    }

    private enum End {
        NONE,
        EXIT,
        HANDED_OVER,
        FENCE,
        DEATH
    }

    private record Holder(LifeId life, End end) {}
}
