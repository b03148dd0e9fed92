package dev.ha4j.testkit.world;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One life of a process: what it has to do is done when it is due, dropped when it is dead, and kept back while it is frozen.
 * On waking, packets that waited in the socket come first, then timers, late and all together.
 */
public final class Life {

    /** Packets that a socket buffer holds. */
    static final int SOCKET_PACKETS = 512;

    public enum Kind {
        /** From the network; more than {@link #SOCKET_PACKETS} are lost while frozen. */
        PACKET,
        /** Timers and tasks of loops. */
        TASK,
        /** Threads of the user, which can overtake the loops on waking. */
        USER
    }

    private final VirtualTime time;
    private final int number;
    private final boolean usersWakeFirst;
    private final Deque<Runnable> packets = new ArrayDeque<>();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final Deque<Runnable> users = new ArrayDeque<>();
    private boolean alive = true;
    private boolean frozen;
    private long frozenAtNanos;

    public Life(VirtualTime time, int number, boolean usersWakeFirst) {
        this.time = time;
        this.number = number;
        this.usersWakeFirst = usersWakeFirst;
    }

    /** 1 for the node's first. */
    public int number() {
        return number;
    }

    public boolean isAlive() {
        return alive;
    }

    public boolean isFrozen() {
        return frozen;
    }

    /** Runs the task now, or as soon as this life goes on. */
    public void run(Kind kind, Runnable task) {
        if (!alive) {
            return;
        }
        if (frozen) {
            keep(kind, task);
        } else {
            task.run();
        }
    }

    private void keep(Kind kind, Runnable task) {
        switch (kind) {
            case PACKET -> {
                if (packets.size() < SOCKET_PACKETS) {
                    packets.add(task);
                }
            }
            case TASK -> tasks.add(task);
            case USER -> users.add(task);
        }
    }

    public void freeze() {
        frozen = true;
        frozenAtNanos = time.now();
    }

    /** Goes on; answers how long it was frozen. */
    public long wake() {
        frozen = false;
        if (usersWakeFirst) {
            replay(users);
        }
        replay(packets);
        replay(tasks);
        replay(users);
        return time.now() - frozenAtNanos;
    }

    private void replay(Deque<Runnable> kept) {
        while (!kept.isEmpty()) {
            Runnable task = kept.remove();
            time.after(0, () -> run(Kind.TASK, task));
        }
    }

    public void end() {
        alive = false;
        packets.clear();
        tasks.clear();
        users.clear();
    }
}
