package dev.ha4j.testkit.cli;

import dev.ha4j.testkit.planted.PlantedBug;
import dev.ha4j.testkit.planted.PlantingClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * Measures the simulator itself: how many seeds it takes until the checker that is meant for a planted bug notices it. What
 * other checkers notice meanwhile is counted, and is not enough.
 */
final class Planting {

    private static final int MAX_TEXT = 120;

    private final int seeds;
    private final int minutes;

    private Planting(int seeds, int minutes) {
        this.seeds = seeds;
        this.minutes = minutes;
    }

    /** Prints a line for each bug; 0 if all were caught. */
    static int all(List<PlantedBug> bugs, int seeds, int minutes, int threads)
            throws InterruptedException, ExecutionException {
        Planting planting = new Planting(seeds, minutes);
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        int missed = 0;
        int most = 0;
        try {
            List<Future<Caught>> running = new ArrayList<>();
            for (PlantedBug bug : bugs) {
                running.add(workers.submit(() -> planting.hunt(bug)));
            }
            for (Future<Caught> future : running) {
                Caught caught = future.get();
                System.out.println(caught);
                missed += caught.violation.isEmpty() ? 1 : 0;
                most = Math.max(most, caught.seeds);
            }
        } finally {
            workers.shutdownNow();
        }
        System.out.printf(
                Locale.ROOT,
                "%d passed, %d failed; planted bugs caught within %d seeds%n",
                bugs.size() - missed,
                missed,
                most);
        return missed == 0 ? 0 : 1;
    }

    private Caught hunt(PlantedBug bug) {
        PlantingClassLoader loader = new PlantingClassLoader(bug);
        BiFunction<Long, Integer, String> runner = loader.runner();
        Caught caught = new Caught(bug);
        while (caught.violation.isEmpty() && caught.seeds < seeds) {
            caught.seeds++;
            runner.apply((long) caught.seeds, minutes).lines().limit(1).forEach(caught::add);
        }
        if (!loader.isPlanted()) {
            caught.others.put("never loaded", caught.seeds);
        }
        return caught;
    }

    /** What came of the hunt for one bug. */
    private static final class Caught {

        private final PlantedBug bug;
        private final Map<String, Integer> others = new TreeMap<>();
        private final Map<String, String> firstOfOthers = new TreeMap<>();
        private int seeds;
        private String violation = "";

        Caught(PlantedBug bug) {
            this.bug = bug;
        }

        void add(String line) {
            String rule = line.substring(0, line.indexOf(' '));
            if (bug.expected().contains(rule)) {
                violation = line;
            } else {
                others.merge(rule, 1, Integer::sum);
                firstOfOthers.putIfAbsent(rule, "seed " + seeds + ": " + line);
            }
        }

        @Override
        public String toString() {
            String also = others.isEmpty() ? "" : "; not meant: " + others;
            return violation.isEmpty()
                    ? String.format(
                            Locale.ROOT,
                            "%-27s NOT caught by %s in %d seeds (%s)%s",
                            bug.title(),
                            bug.expected(),
                            seeds,
                            bug.description(),
                            also
                                    + firstOfOthers.values().stream()
                                            .map(line -> "\n    " + line)
                                            .collect(Collectors.joining()))
                    : String.format(
                            Locale.ROOT,
                            "%-27s caught after %3d seeds by %s%s",
                            bug.title(),
                            seeds,
                            violation.substring(0, Math.min(MAX_TEXT, violation.length())),
                            also);
        }
    }
}
