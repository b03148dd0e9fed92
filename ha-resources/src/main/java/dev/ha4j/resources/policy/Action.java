package dev.ha4j.resources.policy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that may have to be done. */
final class Action {
    /** In order of creation, from 1. */
    final int id;

    /** What identifies it among the actions of its resource; it keeps these when it is turned into a cancellation. */
    final String keyTask;

    final long intervalMillis;
    String task;
    final @Nullable Resource resource;

    @Nullable
    Node node;

    // Flags
    boolean optional;
    boolean runnable = true;
    boolean pseudo;
    boolean migratable;
    boolean always;
    boolean reschedule;
    boolean endsDanglingMigration;
    boolean onCoordinator;
    boolean underWay;

    Needs needs = Needs.NOTHING;

    @Nullable
    String reason;

    int priority;
    int targetRc;
    int requiredRunnable;
    int runnableBefore;

    @Nullable
    Node migrateSource;

    @Nullable
    Node migrateTarget;

    /** Both are in order of creation; walk them from the end where the newest comes first. */
    final List<Relation> before = new ArrayList<>();

    final List<Relation> after = new ArrayList<>();

    // The graph
    boolean inGraph;

    /** What has to be done before it, as far as that is in the graph itself. */
    List<Action> inputs = List.of();

    /** Its place in the plan; -1 if it is not in there. */
    int step = -1;

    int loopMark;

    Action(int id, @Nullable Resource resource, String keyTask, long intervalMillis, String task, @Nullable Node node) {
        this.id = id;
        this.resource = resource;
        this.keyTask = keyTask;
        this.intervalMillis = intervalMillis;
        this.task = task;
        this.node = node;
    }

    enum Needs {
        NOTHING,
        QUORUM,
        FENCING
    }

    /** Its full name inside the scheduler. */
    String key() {
        return resource == null ? keyTask : resource.id + '_' + keyTask + '_' + intervalMillis;
    }

    boolean is(String wanted) {
        return task.equals(wanted);
    }

    boolean required() {
        return !optional;
    }

    boolean recurring() {
        return intervalMillis > 0;
    }

    boolean isOn(@Nullable Node wanted) {
        return node != null && node == wanted;
    }

    /** Keeps the first reason. */
    void because(String why) {
        if (reason == null) {
            reason = why;
        }
    }

    @Override
    public String toString() {
        return key() + (node == null ? "" : " on " + node);
    }
}
