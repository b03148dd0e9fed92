package dev.ha4j.node.rehearsal;

import dev.ha4j.api.report.RehearsalReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Plays failovers before there is one to do, so that the real one does not begin with loading classes, linking call sites and
 * interpreting: on a JVM that has never taken over, these cost more than the takeover itself.
 *
 * <p>Three nodes of the production assembly stand on a {@link Stage}: ring, codec, state exchange, scheduler, fencer, terms, log
 * and resource runner are the real ones. Network, disk, fence devices and leadership are stand-ins. Nothing outside the stage is
 * read or changed, no code of the user runs, and nothing is logged above DEBUG.
 */
public final class Rehearsal {

    /** No more failovers than these, however slow the last one was. */
    static final int MAX_FAILOVERS = 3;

    /** A failover that took no longer than this was played by warm code; then it is enough. */
    static final Duration WARM = Duration.ofMillis(20);

    private final Duration limit;

    /**
     * Nothing is played yet.
     *
     * @param limit of real time
     */
    public Rehearsal(Duration limit) {
        this.limit = limit;
    }

    /** Plays on the caller's thread, until it is interrupted. */
    public RehearsalReport play() {
        long begunNanos = System.nanoTime();
        Stage stage = new Stage(endsAt(begunNanos + limit.toNanos()));
        List<Duration> failovers = new ArrayList<>();
        boolean goesOn = stage.open();
        while (goesOn) {
            long sceneNanos = System.nanoTime();
            if (!stage.failover()) {
                break;
            }
            Duration took = since(sceneNanos);
            failovers.add(took);
            goesOn = took.compareTo(WARM) > 0 && failovers.size() < MAX_FAILOVERS;
        }
        return new RehearsalReport(failovers, since(begunNanos));
    }

    private static BooleanSupplier endsAt(long endNanos) {
        Thread player = Thread.currentThread();
        return () -> player.isInterrupted() || System.nanoTime() - endNanos > 0;
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
