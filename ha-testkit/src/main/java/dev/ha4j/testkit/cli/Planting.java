package dev.ha4j.testkit.cli;

import dev.ha4j.testkit.planted.PlantedBug;
import dev.ha4j.testkit.planted.PlantingClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;

/** Measures the simulator itself: how many seeds it takes to notice each planted bug. */
final class Planting {

    private Planting() {}

    /** Prints a line for each bug; 0 if all were caught. */
    static int all(List<PlantedBug> bugs, int seeds, int minutes, int threads)
            throws InterruptedException, ExecutionException {
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        int missed = 0;
        try {
            List<Future<Boolean>> running = new ArrayList<>();
            for (PlantedBug bug : bugs) {
                running.add(workers.submit(() -> isCaught(bug, seeds, minutes)));
            }
            for (Future<Boolean> caught : running) {
                missed += caught.get() ? 0 : 1;
            }
        } finally {
            workers.shutdownNow();
        }
        System.out.println(bugs.size() - missed + " passed, " + missed + " failed");
        return missed == 0 ? 0 : 1;
    }

    private static boolean isCaught(PlantedBug bug, int seeds, int minutes) {
        PlantingClassLoader loader = new PlantingClassLoader(bug);
        BiFunction<Long, Integer, String> runner = loader.runner();
        for (long seed = 1; seed <= seeds; seed++) {
            String violation = runner.apply(seed, minutes);
            if (!violation.isEmpty()) {
                System.out.printf(
                        Locale.ROOT,
                        "%-26s caught after %3d seeds: %s%n",
                        bug.title(),
                        seed,
                        violation.substring(0, Math.min(150, violation.length())));
                return true;
            }
        }
        System.out.printf(Locale.ROOT, "%-26s NOT caught in %d seeds (%s)%n", bug.title(), seeds, bug.description());
        return false;
    }
}
