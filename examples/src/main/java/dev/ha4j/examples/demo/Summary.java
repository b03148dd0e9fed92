package dev.ha4j.examples.demo;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts outcomes in words: lines for a run, one line for a scenario. */
final class Summary {

    private Summary() {}

    static String of(Outcome outcome) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "  %-14s run %-3d %s ",
                outcome.scenario(),
                outcome.run(),
                outcome.passed() ? "ok    " : "FAILED"));
        outcome.phasesMillis()
                .forEach((phase, millis) -> text.append(String.format(Locale.ROOT, " %s %.1f ms,", phase, millis)));
        text.append(String.format(
                Locale.ROOT,
                " overlap %.1f ms, stale %d attempted / %d accepted, %d acts",
                outcome.verdict().overlapNanos() / 1e6,
                outcome.verdict().staleAttempted(),
                outcome.verdict().staleAccepted(),
                outcome.verdict().accepted()));
        outcome.remarks().forEach(remark -> text.append("\n      ").append(remark));
        outcome.problems().forEach(problem -> text.append("\n      PROBLEM: ").append(problem));
        return text.toString();
    }

    static String of(Scenario scenario, List<Outcome> outcomes) {
        long passed = outcomes.stream().filter(Outcome::passed).count();
        String phases = phases(outcomes).stream()
                .map(phase -> phase + " " + medianAndMax(outcomes, phase))
                .collect(Collectors.joining(", "));
        double overlap = outcomes.stream()
                .mapToLong(outcome -> outcome.verdict().overlapNanos())
                .max()
                .orElse(0);
        return String.format(
                Locale.ROOT,
                "%-14s %d/%d ok; %s; overlap %.1f ms; stale acts %d attempted, %d accepted",
                scenario.title(),
                passed,
                outcomes.size(),
                phases.isEmpty() ? "no phases" : phases,
                overlap / 1e6,
                outcomes.stream()
                        .mapToLong(outcome -> outcome.verdict().staleAttempted())
                        .sum(),
                outcomes.stream()
                        .mapToLong(outcome -> outcome.verdict().staleAccepted())
                        .sum());
    }

    private static Set<String> phases(List<Outcome> outcomes) {
        Set<String> phases = new LinkedHashSet<>();
        outcomes.forEach(outcome -> phases.addAll(outcome.phasesMillis().keySet()));
        return phases;
    }

    private static String medianAndMax(List<Outcome> outcomes, String phase) {
        double[] sorted = outcomes.stream()
                .map(outcome -> outcome.phasesMillis().get(phase))
                .filter(millis -> millis != null)
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        double median = sorted[sorted.length / 2];
        return String.format(
                Locale.ROOT,
                "%.1f ms (max %.1f)",
                median,
                Arrays.stream(sorted).max().orElse(median));
    }
}
