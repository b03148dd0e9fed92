package dev.ha4j.benchmarks.scheduler;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A process from its start to its end, as bash times it.
 *
 * @param cpuMillis of the process and all its threads
 */
record ColdRun(double wallMillis, double cpuMillis) {
    private static final int MOST_LAPS = 5;

    /** What takes longer is not begun once more: it varies less, too. */
    private static final double ENOUGH_MILLIS = 10_000;

    /** The median of up to five, or of fewer that take long; empty if one fails or takes longer than the limit. */
    static Optional<ColdRun> of(List<String> command, long limitSeconds) throws IOException, InterruptedException {
        List<ColdRun> runs = new ArrayList<>();
        double spentMillis = 0;
        while (runs.size() < MOST_LAPS && spentMillis < ENOUGH_MILLIS) {
            Optional<ColdRun> run = once(command, limitSeconds);
            if (run.isEmpty()) {
                return run;
            }
            runs.add(run.get());
            spentMillis += run.get().wallMillis();
        }
        runs.sort(Comparator.comparingDouble(ColdRun::cpuMillis));
        return Optional.of(runs.get(runs.size() / 2));
    }

    private static Optional<ColdRun> once(List<String> command, long limitSeconds)
            throws IOException, InterruptedException {
        List<String> timed =
                new ArrayList<>(List.of("bash", "-c", "TIMEFORMAT='%R %U %S'; time \"$@\" >/dev/null 2>&1"));
        timed.addAll(List.of("bash", "timeout", Long.toString(limitSeconds)));
        timed.addAll(command);
        Process process = new ProcessBuilder(timed).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        double[] seconds = Arrays.stream(output.strip().split("[ \n]+", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
        return process.waitFor() == 0
                ? Optional.of(new ColdRun(seconds[0] * 1000, (seconds[1] + seconds[2]) * 1000))
                : Optional.empty();
    }
}
