package dev.ha4j.benchmarks.ring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What the figures were seen on. */
final class Machine {

    private static final Path LOAD = Path.of("/proc/loadavg");

    private Machine() {}

    static String describe() {
        return String.format(
                Locale.ROOT,
                "%d processors, load %s, %s %s, JDK %s",
                Runtime.getRuntime().availableProcessors(),
                load(),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("java.version"));
    }

    /** Who else is at work shows here. */
    static String load() {
        try {
            String averages = Files.readString(LOAD);
            return averages.substring(0, averages.indexOf(' '));
        } catch (IOException e) {
            return "unknown";
        }
    }
}
