package dev.ha4j.testkit.ring;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.NodeIdentity;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.totem.security.ClusterKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/** Makes faults happen at their time, and end. */
final class RingInjector {

    private static final long MICRO = 1_000L;
    private static final long MILLI = 1_000_000L;
    private static final double PER_MILLE = 1e-3;
    private static final long BURST_NANOS = 40 * MILLI;
    private static final int WITHHELD = 16;

    private final RingWorld world;
    private final Outsider outsider;
    private final KeyRotation rotation;
    private boolean over;
    private int injected;

    RingInjector(RingWorld world) {
        this.world = world;
        this.outsider = new Outsider(world);
        this.rotation = new KeyRotation(world);
    }

    void schedule(List<RingFault> faults) {
        faults.forEach(fault -> world.time().at(fault.atNanos(), () -> begin(fault)));
    }

    /** No fault begins or ends from here on. */
    void stop() {
        over = true;
    }

    int injected() {
        return injected;
    }

    int keysChanged() {
        return rotation.completed();
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
            case LINK_CUT, LINK_ONE_WAY, LINK_LOSS, LINK_BURSTS, LINK_REJECTS -> onOneLink(fault);
            case PARTITION, PARTITION_IN_THREE, ISOLATION, ONE_WAY -> apart(fault);
            case DAMAGE, DUPLICATION, REORDERING, LOSS, BURSTS, DELAY, PATH_SHRINKS -> troubled(fault);
            case KILL, KILL_ALL, FREEZE, LEAVE, RESTART_STORM, EARLIER_BOOT, USURPER -> toProcess(fault);
            default -> attack(fault);
        };
    }

    // ---- the network

    private Runnable onOneLink(RingFault fault) {
        double share = fault.strength() * PER_MILLE;
        Path there = path(fault.target(), fault.other(), fault.link());
        Path back = path(fault.other(), fault.target(), fault.link());
        return switch (fault.kind()) {
            case LINK_CUT -> both(there, back, Path::cut, Path::mend);
            case LINK_ONE_WAY -> both(there, there, Path::cut, Path::mend);
            case LINK_REJECTS -> both(there, back, Path::reject, Path::admit);
            case LINK_LOSS -> troubled(fault, Path.Trouble.loss(share, 0), fault.link(), fault.link());
            default -> troubled(fault, Path.Trouble.loss(share / 20, BURST_NANOS), fault.link(), fault.link());
        };
    }

    private static Runnable both(Path there, Path back, Consumer<Path> begin, Consumer<Path> end) {
        List<Path> paths = there == back ? List.of(there) : List.of(there, back);
        paths.forEach(begin);
        return () -> paths.forEach(end);
    }

    private Runnable troubled(RingFault fault) {
        double share = fault.strength() * PER_MILLE;
        Path.Trouble trouble = switch (fault.kind()) {
            case DAMAGE -> Path.Trouble.damage(share);
            case DUPLICATION -> Path.Trouble.duplication(share);
            case REORDERING -> Path.Trouble.delay(0, fault.strength() * MICRO);
            case DELAY -> Path.Trouble.delay(fault.strength() * MILLI, fault.strength() * MILLI / 2);
            case PATH_SHRINKS -> Path.Trouble.hole((int) fault.strength());
            case BURSTS -> Path.Trouble.loss(share / 20, BURST_NANOS);
            default -> Path.Trouble.loss(share, 0);
        };
        return troubled(fault, trouble, 0, world.options().links() - 1);
    }

    /** What the target sends and gets, on these links. */
    private Runnable troubled(RingFault fault, Path.Trouble trouble, int firstLink, int lastLink) {
        trouble(fault.target(), trouble, firstLink, lastLink);
        return () -> trouble(fault.target(), Path.NONE, firstLink, lastLink);
    }

    private void trouble(int node, Path.Trouble trouble, int firstLink, int lastLink) {
        for (RingHost peer : world.hosts()) {
            for (int link = firstLink; link <= lastLink && peer.id().value() != node; link++) {
                path(node, peer.id().value(), link).trouble(trouble);
                path(peer.id().value(), node, link).trouble(trouble);
            }
        }
    }

    private Runnable apart(RingFault fault) {
        long mask = fault.strength();
        return switch (fault.kind()) {
            case PARTITION -> divide(node -> (int) (mask >> node & 1));
            case PARTITION_IN_THREE -> divide(node -> (int) (mask >> node & 1) * (int) (1 + (mask >> (node + 8) & 1)));
            case ISOLATION -> divide(node -> node == fault.target() ? 1 : 0);
            default -> between(fault.target(), fault.other());
        };
    }

    private Runnable between(int from, int to) {
        List<Path> paths = java.util.stream.IntStream.range(0, world.options().links())
                .mapToObj(link -> path(from, to, link))
                .toList();
        paths.forEach(Path::cut);
        return () -> paths.forEach(Path::mend);
    }

    private Runnable divide(ToIntFunction<Integer> side) {
        List<Runnable> ends = new java.util.ArrayList<>();
        for (RingHost from : world.hosts()) {
            for (RingHost to : world.hosts()) {
                int a = from.id().value();
                int b = to.id().value();
                if (side.applyAsInt(a) != side.applyAsInt(b)) {
                    ends.add(between(a, b));
                }
            }
        }
        return () -> ends.forEach(Runnable::run);
    }

    private Path path(int from, int to, int link) {
        return world.network().path(NodeId.of(from), NodeId.of(to), link);
    }

    // ---- processes

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
            int on = link;
            hearing.process()
                    .ifPresent(process -> world.refuse(new Datagram(
                            hearing.id(),
                            process.lifeNumber(),
                            about.id(),
                            on,
                            RingOptions.address(hearing.id(), on),
                            new byte[0])));
        }
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
