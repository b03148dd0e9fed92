package dev.ha4j.testkit.ring;

import dev.ha4j.api.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** What goes wrong on the ways between hosts. */
final class NetworkFaults {

    private static final long MICRO = 1_000L;
    private static final long MILLI = 1_000_000L;
    private static final double PER_MILLE = 1e-3;
    private static final long KILOBIT = 1_000L;
    private static final long BURST_NANOS = 40 * MILLI;

    private final RingWorld world;
    private final BiConsumer<RingFault, Runnable> repetition;

    /** @param repetition does something again and again while a fault lasts, as often as that says */
    NetworkFaults(RingWorld world, BiConsumer<RingFault, Runnable> repetition) {
        this.world = world;
        this.repetition = repetition;
    }

    /** Begins; what is returned ends it. */
    Runnable inject(RingFault fault) {
        return switch (fault.kind()) {
            case LINK_CUT, LINK_ONE_WAY, LINK_FLAPS, LINK_LOSS, LINK_BURSTS, LINK_REJECTS -> onOneLink(fault);
            case PARTITION, PARTITION_IN_THREE, ISOLATION, ONE_WAY -> apart(fault);
            case MULTICAST_LOSS, BANDWIDTH -> narrowed(fault);
            case DAMAGE, DUPLICATION, REORDERING, LOSS, BURSTS, DELAY, PATH_SHRINKS -> troubled(fault);
            default -> throw new IllegalArgumentException("nothing of the network: " + fault.kind());
        };
    }

    private Runnable onOneLink(RingFault fault) {
        double share = fault.strength() * PER_MILLE;
        Path there = path(fault.target(), fault.other(), fault.link());
        Path back = path(fault.other(), fault.target(), fault.link());
        return switch (fault.kind()) {
            case LINK_CUT -> both(there, back, Path::cut, Path::mend);
            case LINK_ONE_WAY -> both(there, there, Path::cut, Path::mend);
            case LINK_FLAPS -> flapping(fault, List.of(there, back));
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

    private Runnable flapping(RingFault fault, List<Path> paths) {
        Flap flap = new Flap(paths);
        repetition.accept(fault, flap::turn);
        return flap::rest;
    }

    /** Ways that come and go. */
    private static final class Flap {
        private final List<Path> paths;
        private boolean isCut;

        Flap(List<Path> paths) {
            this.paths = paths;
        }

        void turn() {
            isCut = !isCut;
            paths.forEach(isCut ? Path::cut : Path::mend);
        }

        void rest() {
            if (isCut) {
                turn();
            }
        }
    }

    private Runnable narrowed(RingFault fault) {
        List<Path> paths = pathsOf(fault.target(), 0, world.options().links() - 1);
        if (fault.kind() == RingFaultKind.BANDWIDTH) {
            paths.forEach(path -> path.limit(fault.strength() * KILOBIT));
            return () -> paths.forEach(path -> path.limit(0));
        }
        paths.forEach(path -> path.groupLoss(fault.strength() * PER_MILLE));
        return () -> paths.forEach(path -> path.groupLoss(0));
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
        pathsOf(node, firstLink, lastLink).forEach(path -> path.trouble(trouble));
    }

    private List<Path> pathsOf(int node, int firstLink, int lastLink) {
        List<Path> paths = new ArrayList<>();
        for (RingHost peer : world.hosts()) {
            for (int link = firstLink; link <= lastLink && peer.id().value() != node; link++) {
                paths.add(path(node, peer.id().value(), link));
                paths.add(path(peer.id().value(), node, link));
            }
        }
        return paths;
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
        List<Path> paths = IntStream.range(0, world.options().links())
                .mapToObj(link -> path(from, to, link))
                .toList();
        paths.forEach(Path::cut);
        return () -> paths.forEach(Path::mend);
    }

    private Runnable divide(ToIntFunction<Integer> side) {
        List<Runnable> ends = new ArrayList<>();
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
}
