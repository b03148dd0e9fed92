package dev.ha4j.testkit.swarm;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.HealthColor;
import dev.ha4j.controller.Request;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.world.FenceBehaviour;
import dev.ha4j.testkit.world.Host;
import dev.ha4j.testkit.world.ResourceBehaviour;
import dev.ha4j.testkit.world.SimulatedWitness;
import dev.ha4j.testkit.world.World;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Makes faults happen at their time, and end. */
final class Injector {

    private static final long MICRO = 1_000L;
    private static final long MILLI = 1_000_000L;

    /** In this time a burst is sent, and mostly not yet received. */
    private static final long BURST_NANOS = 5 * MILLI;

    private static final Set<ResourceBehaviour> STOPS_BADLY =
            EnumSet.of(ResourceBehaviour.SLOW, ResourceBehaviour.STOP_FAILS, ResourceBehaviour.STOP_HANGS);

    private final World world;
    private final Operators operators;
    private final Holders holders;
    private final Fencers fencers;
    private Optional<DeviceChange> deviceChange = Optional.empty();
    private boolean over;
    private int injected;

    Injector(World world, Operators operators, Holders holders) {
        this.world = world;
        this.operators = operators;
        this.holders = holders;
        this.fencers = new Fencers();
        world.trace().listen(fencers);
    }

    void schedule(List<Fault> faults) {
        faults.forEach(fault -> world.time().at(fault.atNanos(), () -> begin(fault)));
    }

    /** No fault begins or ends from here on. */
    void stop() {
        over = true;
    }

    int injected() {
        return injected;
    }

    private void begin(Fault fault) {
        if (over) {
            return;
        }
        injected++;
        world.trace().world(new Event.FaultBegan(fault.toString()));
        Runnable end = inject(fault);
        if (fault.forNanos() > 0) {
            world.time().after(fault.forNanos(), () -> end(fault, end));
        }
    }

    private void end(Fault fault, Runnable end) {
        if (!over) {
            end.run();
            world.trace().world(new Event.FaultEnded(fault.toString()));
        }
    }

    private Optional<Host> target(Fault fault) {
        return switch (fault.target()) {
            case Fault.CONTROLLER -> operators.controller().map(world::host);
            case Fault.HOLDER -> holders.any().map(world::host);
            default -> {
                OptionalInt held = Fault.heldBy(fault.target());
                yield held.isPresent()
                        ? holders.oneOf(ClusterPlan.TARGETS.get(held.getAsInt()))
                                .map(world::host)
                        : Optional.of(world.host(NodeId.of(fault.target())));
            }
        };
    }

    /** Begins; what is returned ends it. */
    private Runnable inject(Fault fault) {
        return switch (fault.kind()) {
            case POWER_OFF_ALL -> {
                world.hosts().forEach(host -> world.powerOff(host, "power cut"));
                yield () -> {};
            }
            case PARTITION -> partition(fault.strength());
            case MAJORITY_GONE -> {
                MajorityGone story = new MajorityGone(world, operators, fault, () -> over);
                story.begin(partition(fault.strength()));
                yield story::end;
            }
            case CANCEL_WAIT -> {
                operators.cancelWaitForAll();
                yield () -> {};
            }
            case CONFIRM_DOWN -> {
                operators.confirmDown();
                yield () -> {};
            }
            case RECONFIGURE -> {
                operators.reconfigure();
                yield () -> {};
            }
            case TICKET -> {
                operators.ticket(Request.TicketChange.REVOKE);
                yield () -> operators.ticket(Request.TicketChange.GRANT);
            }
            case FENCER_FREEZE -> {
                long soon = fault.strength() * MILLI;
                fencers.next(fencer -> world.time().after(soon, () -> nap(world.host(fencer), fault.forNanos())));
                yield () -> {};
            }
            case WITNESS_DOWN -> onWitness(SimulatedWitness::stop, SimulatedWitness::start);
            case DEVICE_CHANGED, ARBITERS_DIFFER -> changeDevice(fault);
            default -> target(fault).map(host -> inject(fault, host)).orElse(() -> {});
        };
    }

    private Runnable inject(Fault fault, Host host) {
        switch (fault.kind()) {
            case KILL -> world.kill(host, "killed");
            case POWER_OFF -> world.powerOff(host, "power lost");
            case DISK_LOST -> loseDisk(host);
            case FALSE_REFUSAL -> world.refuseFalsely(host, world.host(NodeId.of(fault.other())));
            case WALL_CLOCK_JUMP -> host.jumpWallClock(fault.strength());
            case LEAVE -> world.leave(host);
            default -> {
                return lasting(fault, host);
            }
        }
        return () -> {};
    }

    private Runnable lasting(Fault fault, Host host) {
        switch (fault.kind()) {
            case FREEZE -> {
                return freeze(fault, host);
            }
            case ONE_WAY_CUT -> {
                return cut(host, world.host(NodeId.of(fault.other())));
            }
            case ISOLATION -> {
                return partition(bit(host));
            }
            case LOSS -> {
                world.network().lossy(host.id(), fault.strength() / 1000.0);
                return () -> world.network().lossy(host.id(), 0);
            }
            case DELAY -> {
                world.network().slow(host.id(), fault.strength() * MILLI);
                return () -> world.network().slow(host.id(), 0);
            }
            case SLOW_DISK -> {
                host.diskForceTakes(fault.strength() * MILLI);
                return () -> host.diskForceTakes(world.options().forceTakes().toNanos());
            }
            case DISK_ERRORS -> {
                world.diskFails(host, true);
                return () -> world.diskFails(host, false);
            }
            case FENCE_DEVICE -> {
                return misfence(fault.other() == 0 ? List.of(host) : world.hosts(), (int) fault.strength());
            }
            case RESOURCE -> {
                return misbehave(fault, host);
            }
            case FORCE_ERRORS -> {
                world.diskForcesFail(host, true);
                return () -> world.diskForcesFail(host, false);
            }
            case SLOW_PROCESS -> {
                host.slow(fault.strength() * MILLI);
                return () -> host.slow(0);
            }
            case LATE_THREADS -> {
                host.lateThreads(fault.strength() * MILLI);
                return () -> host.lateThreads(0);
            }
            case RESTART_STORM -> {
                return again(fault, () -> restart(host));
            }
            case REPLAY -> {
                return again(fault, () -> world.replay(host));
            }
            case FLAPPING -> {
                return flap(fault, host);
            }
            case BURST -> {
                return burst(host, (int) fault.strength(), fault.other() * MICRO);
            }
            case STALL_AND_CUT -> {
                return stallAndCut(host, fault.strength() * MILLI);
            }
            case WITNESS_CUT -> {
                return onWitness(witness -> witness.cut(host), witness -> witness.mend(host));
            }
            case WITNESS_LATE -> {
                long late = fault.strength() * MILLI;
                return onWitness(witness -> witness.delay(host, late), witness -> witness.delay(host, 0));
            }
            case WITNESS_FLAPPING -> {
                return flapWitness(fault, host);
            }
            case HELD_OFF -> {
                host.hold(true);
                world.powerOff(host, "held off");
                return () -> {
                    host.hold(false);
                    world.start(host);
                };
            }
            case VOTERS -> {
                return operators.changeVoters(host.id(), (int) fault.strength());
            }
            case HEALTH -> {
                operators.health(host.id(), HealthColor.RED);
                return () -> operators.health(host.id(), HealthColor.GREEN);
            }
            case STANDBY -> {
                operators.standby(host.id(), true);
                return () -> operators.standby(host.id(), false);
            }
            default -> throw new AssertionError(fault);
        }
    }

    /** Does something to the arbiter that is asked now, and undoes it there, whichever is asked then. */
    private Runnable onWitness(Consumer<SimulatedWitness> begin, Consumer<SimulatedWitness> end) {
        Optional<SimulatedWitness> witness = world.witness();
        witness.ifPresent(begin);
        return () -> witness.ifPresent(end);
    }

    /** One change at a time: whoever begins another gives up the one before. */
    private Runnable changeDevice(Fault fault) {
        deviceChange.ifPresent(DeviceChange::end);
        DeviceChange begun = new DeviceChange(world, operators, fault, () -> over);
        deviceChange = Optional.of(begun);
        begun.begin();
        return begun::end;
    }

    private Runnable freeze(Fault fault, Host host) {
        Runnable mend = fault.other() == 0 ? () -> {} : misfence(List.of(host), fault.other());
        world.freeze(host);
        return () -> {
            mend.run();
            world.wake(host);
        };
    }

    private void nap(Host host, long nanos) {
        if (!over) {
            world.freeze(host);
            world.time().after(nanos, () -> wakeUnlessOver(host));
        }
    }

    private void wakeUnlessOver(Host host) {
        if (!over) {
            world.wake(host);
        }
    }

    private static Runnable misfence(Collection<Host> hosts, int behaviour) {
        hosts.forEach(
                host -> host.fenceBehaviour(List.of(FenceBehaviour.values()).get(behaviour)));
        return () -> hosts.forEach(host -> host.fenceBehaviour(FenceBehaviour.PROMPT));
    }

    private Runnable misbehave(Fault fault, Host host) {
        List<String> held = holders.on(host.id());
        boolean isNamed = held.isEmpty() || Fault.heldBy(fault.target()).isPresent();
        List<String> names = isNamed ? ClusterPlan.TARGETS : held;
        String resource = names.get(fault.other() % names.size());
        ResourceBehaviour behaviour = List.of(ResourceBehaviour.values()).get((int) fault.strength());
        boolean stopsBadly = STOPS_BADLY.contains(behaviour);
        host.behaviour(resource, behaviour);
        if (stopsBadly) {
            operators.standby(host.id(), true);
        }
        return () -> {
            host.behaviour(resource, ResourceBehaviour.WELL);
            if (stopsBadly) {
                operators.standby(host.id(), false);
            }
        };
    }

    /** Now, and then each time when what the fault calls its strength has passed. */
    private Runnable again(Fault fault, Runnable step) {
        AtomicBoolean ended = new AtomicBoolean();
        again(fault.strength() * MILLI, ended, step);
        return () -> ended.set(true);
    }

    private void again(long everyNanos, AtomicBoolean ended, Runnable step) {
        if (!over && !ended.get()) {
            step.run();
            world.time().after(everyNanos, () -> again(everyNanos, ended, step));
        }
    }

    private void restart(Host host) {
        if (host.process().isPresent()) {
            world.kill(host, "restart storm");
        } else {
            world.start(host);
        }
    }

    private Runnable flap(Fault fault, Host host) {
        Deque<Runnable> cuts = new ArrayDeque<>();
        Runnable end = again(fault, () -> {
            if (cuts.isEmpty()) {
                cuts.push(partition(bit(host)));
            } else {
                cuts.pop().run();
            }
        });
        return () -> {
            end.run();
            cuts.forEach(Runnable::run);
        };
    }

    private Runnable flapWitness(Fault fault, Host host) {
        Optional<SimulatedWitness> flapping = world.witness();
        AtomicBoolean cut = new AtomicBoolean();
        Runnable end = again(
                fault,
                () -> flapping.ifPresent(witness -> {
                    if (cut.getAndSet(!cut.get())) {
                        witness.mend(host);
                    } else {
                        witness.cut(host);
                    }
                }));
        return () -> {
            end.run();
            flapping.ifPresent(witness -> witness.mend(host));
        };
    }

    private static long bit(Host host) {
        return 1L << (host.id().value() - 1);
    }

    /** What the target orders and delivers now, the others may never hear of. */
    private Runnable burst(Host host, int requests, long cutAfterNanos) {
        operators.askAtOnce(host, requests);
        if (cutAfterNanos > 0) {
            operators.sendSafelyAtOnce(host, requests);
        }
        long cutAfter = cutAfterNanos > 0 ? cutAfterNanos : BURST_NANOS;
        List<Runnable> mends = new ArrayList<>();
        for (Host other : world.hosts()) {
            if (other != host) {
                world.time().after(cutAfter, () -> cutUnlessOver(host, other));
                mends.add(() -> world.network().mend(host.id(), other.id()));
            }
        }
        return () -> mends.forEach(Runnable::run);
    }

    private void cutUnlessOver(Host host, Host other) {
        if (!over) {
            world.network().cut(host.id(), other.id());
        }
    }

    private Runnable stallAndCut(Host fast, long forceNanos) {
        for (Host host : world.hosts()) {
            if (host != fast) {
                host.diskForceTakes(forceNanos);
            }
        }
        return () -> {
            long usual = world.options().forceTakes().toNanos();
            world.hosts().forEach(host -> {
                world.powerOff(host, "power cut");
                host.diskForceTakes(usual);
            });
        };
    }

    private void loseDisk(Host host) {
        boolean othersAreWell =
                world.hosts().stream().allMatch(other -> other.process().isPresent()) && operators.allAreMembers();
        if (othersAreWell) {
            world.kill(host, "disk lost");
            world.wipeDisk(host);
        }
    }

    private Runnable partition(long side) {
        Runnable mend = () -> {};
        for (Host from : world.hosts()) {
            for (Host to : world.hosts()) {
                if (isOn(side, from) != isOn(side, to)) {
                    Runnable mendThis = cut(from, to);
                    Runnable mendOthers = mend;
                    mend = () -> {
                        mendOthers.run();
                        mendThis.run();
                    };
                }
            }
        }
        return mend;
    }

    private static boolean isOn(long side, Host host) {
        return (side >> (host.id().value() - 1) & 1) == 1;
    }

    private Runnable cut(Host from, Host to) {
        world.network().cut(from.id(), to.id());
        return () -> world.network().mend(from.id(), to.id());
    }
}
