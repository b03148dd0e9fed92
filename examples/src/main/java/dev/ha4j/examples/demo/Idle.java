package dev.ha4j.examples.demo;

import dev.ha4j.examples.demo.node.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a cluster costs that does nothing. Reads {@code /proc}. */
final class Idle {

    /** Ticks per second in {@code /proc/PID/stat} (USER_HZ), the same on all usual Linux machines. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;

    private Idle() {}

    /** Lets the cluster be for a while and tells what it used. */
    static List<String> measure(Arena arena, Duration time) {
        arena.awaitSteady();
        Patience.pass(Duration.ofSeconds(5));
        Map<String, Long> ticks = ticks(arena);
        long datagrams = sentDatagrams();
        Patience.pass(time);
        double packets = (sentDatagrams() - datagrams)
                / (double) time.toSeconds()
                / arena.machines().size();
        return arena.machines().stream()
                .map(machine -> line(machine, ticksOf(machine) - ticks.getOrDefault(machine.name(), 0L), time, packets))
                .toList();
    }

    private static String line(Machine machine, long ticks, Duration time, double packets) {
        long resident = residentBytes(machine);
        Usage usage = machine.usage();
        return String.format(
                Locale.ROOT,
                "%s: CPU %.2f %%, %.0f packets/s sent, heap after GC %.1f MB, RSS %.0f MB, %d threads, %d of them ha4j's",
                machine,
                100 * ticks / TICKS_PER_SECOND / time.toSeconds(),
                packets,
                usage.heapBytes() / 1e6,
                resident / 1e6,
                usage.threads(),
                usage.ownThreads());
    }

    private static Map<String, Long> ticks(Arena arena) {
        Map<String, Long> ticks = new TreeMap<>();
        arena.machines().forEach(machine -> ticks.put(machine.name(), ticksOf(machine)));
        return ticks;
    }

    private static long ticksOf(Machine machine) {
        String stat = read(Path.of("/proc", Long.toString(machine.pid()), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]);
    }

    private static long residentBytes(Machine machine) {
        return read(Path.of("/proc", Long.toString(machine.pid()), "status"))
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                .sum();
    }

    /** Of the whole machine, the cluster's among them. */
    private static long sentDatagrams() {
        List<String> udp = read(Path.of("/proc/net/snmp"))
                .lines()
                .filter(line -> line.startsWith("Udp:"))
                .toList();
        List<String> names = List.of(udp.get(0).split(" ", -1));
        return Long.parseLong(udp.get(1).split(" ", -1)[names.indexOf("OutDatagrams")]);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
