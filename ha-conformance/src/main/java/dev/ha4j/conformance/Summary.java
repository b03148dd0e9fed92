package dev.ha4j.conformance;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Figures for all cases. */
final class Summary {
    private final PrintStream out;
    private final List<CaseResult> results;

    Summary(PrintStream out, List<CaseResult> results) {
        this.out = out;
        this.results = results;
    }

    static long count(List<CaseResult> results, int level) {
        return results.stream().filter(result -> result.exact(level)).count();
    }

    void print() {
        inexact();
        byTag();
        out.printf(
                "%n%d cases: exact at L1 %d, L2 %d, L3 %d, all three %d; status before %d, scores (L4) %d%n",
                results.size(),
                count(results, 1),
                count(results, 2),
                count(results, 3),
                results.stream().filter(CaseResult::exact).count(),
                results.stream()
                        .filter(result ->
                                result.failure().isEmpty() && result.before().isEmpty())
                        .count(),
                count(results, 4));
    }

    private void inexact() {
        for (CaseResult result : results) {
            if (!result.exact()) {
                String levels =
                        (result.exact(1) ? "1" : "-") + (result.exact(2) ? "2" : "-") + (result.exact(3) ? "3" : "-");
                out.printf("%-45s %s %s%n", result.name(), levels, result.reason());
            }
        }
    }

    private void byTag() {
        Map<String, int[]> byTag = new TreeMap<>();
        for (CaseResult result : results) {
            for (String tag : result.tags()) {
                int[] counts = byTag.computeIfAbsent(tag, name -> new int[4]);
                counts[0]++;
                for (int level = 1; level <= 3; level++) {
                    counts[level] += result.exact(level) ? 1 : 0;
                }
            }
        }
        if (!byTag.isEmpty()) {
            out.printf("%n%-28s %5s %5s %5s %5s%n", "tag", "cases", "L1", "L2", "L3");
        }
        byTag.forEach((tag, counts) ->
                out.printf("%-28s %5d %5d %5d %5d%n", tag, counts[0], counts[1], counts[2], counts[3]));
    }
}
