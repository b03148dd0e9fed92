package dev.ha4j.resources.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A node while a plan is made. */
final class Node {
    /** Its place in the natural order of names. */
    int index;

    final String id;
    final String name;
    final boolean remote;
    final Map<String, String> attributes = new LinkedHashMap<>();
    final Map<String, Integer> utilization = new LinkedHashMap<>();
    final List<Primitive> running = new ArrayList<>();

    /** Base score that tables made from now on start with. */
    int score;

    boolean online;
    boolean unclean;
    boolean pending;
    boolean standby;
    boolean maintenance;
    boolean shuttingDown;
    boolean unseen = true;
    boolean dc;
    boolean fencedBefore;
    boolean fenceWithPriorityDelay;
    long priority;

    /** Primitives assigned to it so far. */
    int assignedCount;

    Node(String id, String name, boolean remote, int score) {
        this.id = id;
        this.name = name;
        this.remote = remote;
        this.score = score;
    }

    /** Whether resources may run there at all. */
    boolean available() {
        return online && !shuttingDown && !unclean && !standby && !maintenance;
    }

    @Override
    public String toString() {
        return name;
    }
}
