package dev.ha4j.examples.demo;

import dev.ha4j.examples.demo.judge.Verdict;
import java.util.List;
import java.util.Map;

/**
 * How one run of a scenario ended.
 *
 * @param scenario its name
 * @param run 1 for the first
 * @param problems what was not as it should be; empty if the run passed
 * @param phasesMillis milliseconds from the fault, by phase, in the order of their place in a timeline
 * @param verdict of the judge
 * @param remarks what else is worth telling
 */
record Outcome(
        String scenario,
        int run,
        List<String> problems,
        Map<String, Double> phasesMillis,
        Verdict verdict,
        List<String> remarks) {

    boolean passed() {
        return problems.isEmpty();
    }
}
