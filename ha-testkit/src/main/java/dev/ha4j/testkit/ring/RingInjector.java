package dev.ha4j.testkit.ring;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.NodeIdentity;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.world.Loans;
import dev.ha4j.testkit.world.Loans.Loan;
import dev.ha4j.totem.DeliveryGuarantee;
import dev.ha4j.totem.Lane;
import dev.ha4j.totem.security.ClusterKey;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Makes faults happen at their time, and end. */
final class RingInjector {

    private static final long MILLI = 1_000_000L;
    private static final int WITHHELD = 16;

    /** Long enough that the others know the next life from this one, and have shaken hands with it. */
    private static final long SHORT_DEATH_NANOS = 300 * MILLI;

    private static final long SHORT_LIFE_NANOS = 1_000 * MILLI;
    private static final int SAFE_BYTES = 40;

    private final RingWorld world;
    private final NetworkFaults network;
    private final Outsider outsider;
    private final KeyRotation rotation;
    private final Loans loans;
    private final SplittableRandom senders;
    private final SplittableRandom moves;
    private boolean over;
    private int loansStruck;
    private int injected;

    RingInjector(RingWorld world) {
        this.world = world;
        this.network = new NetworkFaults(world, this::repeat);
        this.outsider = new Outsider(world);
        this.rotation = new KeyRotation(world);
        this.loans = new Loans(world.time(), this::sendSafely);
        this.senders = world.streams().stream("loans");
        this.moves = world.streams().stream("moves");
        world.trace().listen(loans);
    }

    void schedule(List<RingFault> faults) {
        faults.forEach(fault -> world.time().at(fault.atNanos(), () -> await(fault)));
    }

    private void await(RingFault fault) {
        if (fault.isOfLoan()) {
            loans.next(loan -> world.time().after(0, () -> strike(fault, loan)));
        } else {
            begin(fault);
        }
    }

    private void sendSafely() {
        RingHost host = world.host(1 + senders.nextInt(world.hosts().size()));
        byte[] payload = new byte[SAFE_BYTES];
        senders.nextBytes(payload);
        host.process()
                .filter(process -> !process.isFrozen() && !over)
                .ifPresent(process -> process.submit(Lane.BULK, DeliveryGuarantee.SAFE, payload));
    }

    private void strike(RingFault fault, Loan loan) {
        if (!over) {
            loansStruck++;
            begin(fault.in(loan, world.options().ring().nodes()));
        }
    }

    /** No fault begins or ends from here on. */
    void stop() {
        over = true;
    }

    int injected() {
        return injected;
    }

    /** How often something happened to those who lend and borrow the token. */
    int loansStruck() {
        return loansStruck;
    }

    KeyRotation rotation() {
        return rotation;
    }

    private void begin(RingFault fault) {
        if (over) {
            return;
        }
        injected++;
        world.trace().world(new Event.FaultBegan(fault.toString()));
        Runnable end = inject(fault);
        world.time().after(fault.forNanos(), () -> {
            if (!over) {
                end.run();
                world.trace().world(new Event.FaultEnded(fault.toString()));
            }
        });
    }

    /** Begins; what is returned ends it. */
    private Runnable inject(RingFault fault) {
        return switch (fault.kind()) {
            case KILL, KILL_ALL, FREEZE, LEAVE, RESTART_STORM, EARLIER_BOOT, USURPER -> toProcess(fault);
            case ADDRESS_MOVES -> moved(fault);
            case SPOOFED_REFUSALS,
                    REPLAY,
                    FORGERY,
                    GARBAGE,
                    OTHER_VERSION,
                    REDIRECTION,
                    OTHER_SOURCE,
                    OTHER_CLUSTER,
                    TWIN,
                    KEY_ROTATION,
                    IMPOSTOR,
                    NEW_CERTIFICATE -> attack(fault);
            default -> network.inject(fault);
        };
    }

    // ---- hosts and processes

    /** Who resolves names hears of a move sooner or later; the host itself is no exception. */
    private Runnable moved(RingFault fault) {
        world.addresses().move(NodeId.of(fault.target()), fault.link());
        for (RingHost host : world.hosts()) {
            long after = moves.nextLong(fault.strength() * MILLI);
            world.time().after(after, () -> world.tellAddresses(host));
        }
        return () -> {};
    }

    private Runnable toProcess(RingFault fault) {
        RingHost host = world.host(fault.target());
        switch (fault.kind()) {
            case KILL_ALL -> world.hosts().forEach(each -> world.kill(each, "killed"));
            case FREEZE -> world.freeze(host);
            case LEAVE -> host.process().ifPresent(RingProcess::leave);
            case RESTART_STORM ->
                repeat(fault, () -> {
                    world.kill(host, "killed again");
                    world.start(host);
                });
            case EARLIER_BOOT -> {
                world.kill(host, "killed");
                soon(SHORT_DEATH_NANOS, () -> world.start(host));
                soon(SHORT_DEATH_NANOS + SHORT_LIFE_NANOS, () -> world.kill(host, "killed again"));
                repeat(fault, () -> outsider.replayEverything(host));
            }
            case USURPER -> {
                world.kill(host, "killed");
                haunt(host, world.host(fault.other()));
            }
            default -> world.kill(host, "killed");
        }
        return fault.kind() == RingFaultKind.KILL_ALL
                ? () -> world.hosts().forEach(world::start)
                : () -> {
                    if (fault.kind() == RingFaultKind.USURPER) {
                        world.exorcise(host);
                    }
                    world.wake(host);
                    world.start(host);
                };
    }

    // ---- attacks

    private Runnable attack(RingFault fault) {
        RingHost target = world.host(fault.target());
        RingHost other = world.host(fault.other());
        switch (fault.kind()) {
            case SPOOFED_REFUSALS -> repeat(fault, () -> refuseFalsely(target, other));
            case REPLAY -> repeat(fault, () -> outsider.replay(target));
            case FORGERY -> repeat(fault, () -> outsider.forge(target));
            case GARBAGE -> repeat(fault, () -> outsider.noise(target));
            case OTHER_VERSION -> repeat(fault, () -> outsider.otherVersion(target));
            case REDIRECTION -> repeat(fault, () -> outsider.redirect(target, other));
            case OTHER_SOURCE -> world.captures().withhold((int) fault.strength());
            case OTHER_CLUSTER ->
                world.haunt(
                        target,
                        List.of(ClusterKey.generate(world.streams().stream("other cluster"))),
                        Optional.empty(),
                        Datagram.FORGED);
            case TWIN -> world.haunt(target, target.keys(), target.identity(), Datagram.FORGED);
            case IMPOSTOR -> haunt(target, other);
            case NEW_CERTIFICATE -> showNewCertificate(target);
            case KEY_ROTATION -> {
                world.captures().withhold(WITHHELD);
                rotation.begin(outsider::release);
            }
            default -> throw new IllegalArgumentException("no attack: " + fault.kind());
        }
        return switch (fault.kind()) {
            case OTHER_SOURCE -> outsider::releaseFromElsewhere;
            case OTHER_CLUSTER, TWIN, IMPOSTOR -> () -> world.exorcise(target);
            default -> () -> {};
        };
    }

    /** Somebody who has the cluster's key, and what the second host shows to prove who it is. */
    private void haunt(RingHost inNameOf, RingHost captured) {
        world.haunt(inNameOf, inNameOf.keys(), captured.identity(), Datagram.OF_IMPOSTOR);
    }

    private void showNewCertificate(RingHost host) {
        NodeIdentity fresh = world.newIdentity(host.id());
        host.identity(fresh);
        host.process().ifPresent(process -> process.changeIdentity(fresh));
    }

    private void refuseFalsely(RingHost hearing, RingHost about) {
        for (int link = 0; link < world.options().links(); link++) {
            InetSocketAddress from = world.addresses().of(hearing.id(), link);
            InetSocketAddress to = world.addresses().of(about.id(), link);
            int on = link;
            hearing.process()
                    .ifPresent(process -> world.refuse(
                            new Datagram(hearing.id(), process.lifeNumber(), about.id(), on, from, to, new byte[0])));
        }
    }

    private void soon(long delayNanos, Runnable step) {
        world.time().after(delayNanos, () -> {
            if (!over) {
                step.run();
            }
        });
    }

    private void repeat(RingFault fault, Runnable step) {
        repeatUntil(fault.atNanos() + fault.forNanos(), fault.strength() * MILLI, step);
    }

    private void repeatUntil(long endNanos, long everyNanos, Runnable step) {
        if (over || world.time().now() >= endNanos) {
            return;
        }
        step.run();
        world.time().after(everyNanos, () -> repeatUntil(endNanos, everyNanos, step));
    }
}
