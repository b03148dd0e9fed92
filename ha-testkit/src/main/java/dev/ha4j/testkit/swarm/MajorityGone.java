package dev.ha4j.testkit.swarm;

import dev.ha4j.api.NodeId;
import dev.ha4j.testkit.world.Host;
import dev.ha4j.testkit.world.World;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * A majority is gone, and an operator lets the others go on, as she should: too early at first, which has to be refused; then
 * she sees to it that those are off, has them fenced, and asks again until she is heard. Nobody of them starts before those who
 * went on are there to meet him.
 */
final class MajorityGone {

    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;

    /** How long the majority goes on without the others, before it is gone. */
    private static final long LONGEST_LEAD_NANOS = 9 * SECOND;

    private static final long RESTART_NANOS = 3 * SECOND;
    private static final long PATIENCE_NANOS = 4 * SECOND;
    private static final long LOOK_NANOS = 500 * MILLI;

    private final World world;
    private final Operators operators;
    private final BooleanSupplier over;
    private final SplittableRandom random;
    private final List<Host> left;
    private final List<Host> gone;
    private final Duration unblocked;
    private final boolean powerCut;
    private boolean heard;

    MajorityGone(World world, Operators operators, Fault fault, BooleanSupplier over) {
        this.world = world;
        this.operators = operators;
        this.over = over;
        this.random = world.streams().stream("majority-gone", fault.atNanos() / SECOND);
        this.left = world.hosts().stream()
                .filter(host -> isIn(fault.strength(), host))
                .toList();
        this.gone = world.hosts().stream()
                .filter(host -> !isIn(fault.strength(), host))
                .toList();
        this.unblocked = Duration.ofSeconds(Math.abs(fault.other()));
        this.powerCut = fault.other() < 0;
    }

    private static boolean isIn(long mask, Host host) {
        return ((mask >> (host.id().value() - 1)) & 1) == 1;
    }

    /** @param mend undoes the partition between the two sides */
    void begin(Runnable mend) {
        long lead = random.nextLong(LONGEST_LEAD_NANOS);
        after(1 + random.nextLong(lead + 1), this::unblock);
        after(lead, () -> {
            gone.forEach(host -> {
                host.hold(true);
                world.powerOff(host, "gone");
            });
            mend.run();
            after(SECOND, this::insist);
        });
    }

    private List<NodeId> declared() {
        return gone.stream().map(Host::id).toList();
    }

    private void unblock() {
        operators.unblock(left.get(random.nextInt(left.size())), declared(), unblocked, () -> {});
    }

    private void insist() {
        if (heard) {
            return;
        }
        Host asked = left.get(random.nextInt(left.size()));
        declared().forEach(node -> operators.fenceAlone(asked, node));
        after(SECOND, () -> operators.unblock(asked, declared(), unblocked, this::goesOn));
        after(PATIENCE_NANOS, this::insist);
    }

    private void goesOn() {
        if (!heard) {
            heard = true;
            if (powerCut) {
                after(1 + random.nextLong(10 * SECOND), this::cutPower);
            }
        }
    }

    private void cutPower() {
        left.forEach(host -> {
            world.powerOff(host, "power cut");
            after(RESTART_NANOS, () -> world.start(host));
        });
    }

    /** The others may start, when all who are left are there. */
    void end() {
        heard = true;
        if (left.stream().allMatch(host -> host.process().isPresent())) {
            startOneAfterTheOther(gone);
        } else {
            after(LOOK_NANOS, this::end);
        }
    }

    /** All at once they might meet each other first, and by what their disks say be a majority. */
    private void startOneAfterTheOther(List<Host> hosts) {
        if (!hosts.isEmpty()) {
            Host first = hosts.get(0);
            first.hold(false);
            world.start(first);
            after(RESTART_NANOS, () -> startOneAfterTheOther(hosts.subList(1, hosts.size())));
        }
    }

    private void after(long nanos, Runnable task) {
        world.time().after(nanos, () -> {
            if (!over.getAsBoolean()) {
                task.run();
            }
        });
    }
}
