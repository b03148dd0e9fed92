package dev.ha4j.testkit.world;

import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;

/**
 * Lets threads of all processes look at their terms when it matters: right after a successor took over, a ring or an epoch
 * began, quorum or a term was lost, and on waking, before anything else is done and shortly after.
 */
final class TermSampler implements TraceListener {

    private static final long[] AFTER_WAKING_NANOS = {1_000_000, 40_000_000, 600_000_000};

    private final World world;
    private boolean scheduled;

    TermSampler(World world) {
        this.world = world;
    }

    @Override
    public void on(TraceRecord step) {
        if (matters(step.event()) && !scheduled) {
            scheduled = true;
            world.time().at(world.time().now(), () -> {
                scheduled = false;
                look();
            });
        }
        if (step.event() instanceof Event.NodeWoke) {
            for (long after : AFTER_WAKING_NANOS) {
                world.time().after(after, this::look);
            }
        }
    }

    private static boolean matters(Event event) {
        return (event instanceof Event.RoleEntered entered && entered.exclusive())
                || (event instanceof Event.RoleExited exited && exited.exclusive())
                || event instanceof Event.RegularInstalled
                || event instanceof Event.EpochOpened
                || event instanceof Event.QuorumChanged
                || event instanceof Event.TermEnded
                || event instanceof Event.NodeWoke;
    }

    private void look() {
        world.hosts().forEach(host -> host.process().ifPresent(TermSampler::look));
    }

    /** Threads of a frozen process don't look. */
    static void look(NodeProcess process) {
        if (process.life().isAlive() && !process.isFrozen()) {
            process.terms().look();
        }
    }
}
