package dev.ha4j.examples.demo;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * All runs of one scenario.
 *
 * @param scenario its name
 * @param runs how many there were
 * @param wanted how many there should have been
 * @param inOrder how many of them ended as they should
 * @param millis for each phase that was reached
 * @param overlapMillis longest time for which two leaders acted at once
 * @param staleAttempted most stale acts attempted in one run
 * @param staleAccepted all stale acts accepted
 * @param gaps acts that never reached the judge
 */
record Summary(
        String scenario,
        int runs,
        int wanted,
        int inOrder,
        Map<Phase, Spread> millis,
        double overlapMillis,
        long staleAttempted,
        long staleAccepted,
        long gaps) {

    /**
     * What was measured, in milliseconds.
     *
     * @param median of all runs
     * @param max of all runs
     */
    record Spread(double median, double max) {

        static Spread of(List<Double> values) {
            List<Double> sorted = values.stream().sorted().toList();
            int middle = sorted.size() / 2;
            double median =
                    sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
            return new Spread(median, sorted.get(sorted.size() - 1));
        }
    }

    static Summary of(Scenario scenario, int wanted, List<Run> runs) {
        Map<Phase, Spread> millis = new EnumMap<>(Phase.class);
        for (Phase phase : Phase.values()) {
            List<Double> values = runs.stream()
                    .map(Run::millis)
                    .filter(reached -> reached.containsKey(phase))
                    .map(reached -> reached.get(phase))
                    .toList();
            if (!values.isEmpty()) {
                millis.put(phase, Spread.of(values));
            }
        }
        return new Summary(
                scenario.toString(),
                runs.size(),
                wanted,
                (int) runs.stream().filter(Run::inOrder).count(),
                millis,
                runs.stream()
                                .mapToLong(run -> run.verdict().overlapNanos())
                                .max()
                                .orElse(0)
                        / 1e6,
                runs.stream()
                        .mapToLong(run -> run.verdict().staleAttempted())
                        .max()
                        .orElse(0),
                runs.stream().mapToLong(run -> run.verdict().staleAccepted()).sum(),
                runs.stream().mapToLong(run -> run.verdict().gaps()).sum());
    }

    boolean isWell() {
        return inOrder == wanted;
    }
}
