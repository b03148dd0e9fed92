package dev.ha4j.testkit.ring;

import dev.ha4j.api.NodeId;
import dev.ha4j.testkit.world.VirtualTime;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Several links between all hosts, each direction for itself. Draws once per datagram what becomes of it. */
final class LinkNetwork {

    /** Ethernet, IP and UDP, by which bandwidth is used. */
    private static final int WIRE_OVERHEAD_BYTES = 66;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final VirtualTime time;
    private final SplittableRandom random;
    private final Weather weather;
    private final TreeMap<Long, Path> paths = new TreeMap<>();
    private final TreeMap<Long, Long> busyUntil = new TreeMap<>();
    private long sent;
    private long lost;
    private long overflowed;
    private long lostByGroup;
    private long carriedByGroup;

    /**
     * What all healthy paths are like.
     *
     * @param delayNanos of each datagram
     * @param spreadNanos further delay of each, up to this
     * @param loss share that never arrives
     * @param mostBytes what a path carries; larger datagrams vanish
     * @param bitsPerSecond of each host's interface on each link; 0 if it is as fast as you like
     */
    record Weather(long delayNanos, long spreadNanos, double loss, int mostBytes, long bitsPerSecond) {

        boolean loses() {
            return loss > 0;
        }
    }

    /** Where datagrams, and refusals of them, come out. */
    interface Exit {
        void arrives(Datagram datagram);

        void refused(Datagram datagram);
    }

    LinkNetwork(VirtualTime time, SplittableRandom random, Weather weather) {
        this.time = time;
        this.random = random;
        this.weather = weather;
    }

    Path path(NodeId from, NodeId to, int link) {
        return paths.computeIfAbsent(((long) from.value() << 32) | ((long) to.value() << 8) | link, key -> new Path());
    }

    void heal() {
        paths.values().forEach(Path::heal);
    }

    long datagramsSent() {
        return sent;
    }

    long datagramsLost() {
        return lost;
    }

    /** Lost because too many waited for their turn. */
    long overflowed() {
        return overflowed;
    }

    long lostByGroup() {
        return lostByGroup;
    }

    long carriedByGroup() {
        return carriedByGroup;
    }

    void send(Datagram datagram, Exit exit) {
        sent++;
        Path path = path(datagram.sender(), datagram.target(), datagram.link());
        if (path.isRejecting()) {
            time.after(delay(path.trouble()), () -> exit.refused(datagram));
            lost++;
            return;
        }
        if (path.isCut() || isLost(path, datagram)) {
            lost++;
            return;
        }
        path.queued(bits(datagram), time.now())
                .ifPresentOrElse(onPath -> carry(datagram, path.trouble(), onPath + queue(datagram), exit), () -> {
                    lost++;
                    overflowed++;
                });
    }

    private void carry(Datagram datagram, Path.Trouble trouble, long queued, Exit exit) {
        arriveLater(damaged(datagram, trouble), trouble, queued, exit);
        if (drawn(trouble.duplication())) {
            arriveLater(datagram, trouble, queued, exit);
        }
    }

    /** Whether nothing at all comes through; who only answers would not notice. */
    boolean isOpen(NodeId from, NodeId to, int link) {
        Path path = path(from, to, link);
        return !path.isCut() && !path.isRejecting();
    }

    private void arriveLater(Datagram datagram, Path.Trouble trouble, long queued, Exit exit) {
        time.after(queued + delay(trouble), () -> exit.arrives(datagram));
    }

    private boolean isLost(Path path, Datagram datagram) {
        Path.Trouble trouble = path.trouble();
        if (datagram.bytes().length > Math.min(weather.mostBytes, trouble.mostBytes())) {
            return true;
        }
        if (datagram.isByGroup()) {
            if (drawn(path.groupLoss())) {
                lostByGroup++;
                return true;
            }
            carriedByGroup++;
        }
        if (trouble.burstNanos() == 0) {
            return drawn(weather.loss + trouble.loss());
        }
        if (!path.isInBurst(time.now()) && drawn(trouble.loss())) {
            path.burst(time.now() + random.nextLong(1, 2 * trouble.burstNanos()));
        }
        return path.isInBurst(time.now()) || drawn(weather.loss);
    }

    /** How long the datagram waits for its turn on its sender's wire, and is on it. */
    private long queue(Datagram datagram) {
        if (weather.bitsPerSecond == 0) {
            return 0;
        }
        long wire = ((long) datagram.sender().value() << 8) | datagram.link();
        long begin = Math.max(time.now(), busyUntil.getOrDefault(wire, 0L));
        long end = begin + bits(datagram) * NANOS_PER_SECOND / weather.bitsPerSecond;
        busyUntil.put(wire, end);
        return end - time.now();
    }

    private static long bits(Datagram datagram) {
        return 8L * (datagram.bytes().length + WIRE_OVERHEAD_BYTES);
    }

    private Datagram damaged(Datagram datagram, Path.Trouble trouble) {
        if (!drawn(trouble.damage())) {
            return datagram;
        }
        int index = random.nextInt(datagram.bytes().length);
        return datagram.withByte(index, datagram.bytes()[index] ^ (1 << random.nextInt(8)));
    }

    private long delay(Path.Trouble trouble) {
        long spread = weather.spreadNanos + trouble.spreadNanos();
        return weather.delayNanos + trouble.lateNanos() + (spread == 0 ? 0 : random.nextLong(spread));
    }

    private boolean drawn(double share) {
        return share > 0 && random.nextDouble() < share;
    }
}
