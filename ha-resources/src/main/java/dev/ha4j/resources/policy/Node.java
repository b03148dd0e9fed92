package dev.ha4j.resources.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

    /** What connects the cluster with it; null for members, and if no such resource is known. */
    @Nullable
    Primitive connection;

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

    /** Whether nobody has heard of it yet: it is remembered by a connection that is not configured any more. */
    boolean late;

    /** Whether what ran there is lost: the node has to be fenced, or what launches it restarted. */
    boolean requiresReset;

    boolean historyRead;

    /** Whether a remote node knows that it is in maintenance. */
    boolean toldMaintenance;

    boolean discoveryOff;

    /** Whether it is a container that takes nothing but what is configured inside. */
    boolean closed;

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

    /** Whether it is what a resource turns into while it runs. */
    boolean isGuest() {
        return connection != null && connection.container != null;
    }

    /** Whether it is a guest whose launcher is not configured any more. */
    boolean isDanglingGuest() {
        return connection != null && connection.container == null && connection.launchedOnce;
    }

    boolean isAskedToShutDown() {
        String shutdown = attributes.get("shutdown");
        return shutdown != null && !shutdown.equals("0");
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
