package dev.ha4j.examples.demo;

import dev.ha4j.examples.demo.judge.Verdict;
import java.util.List;
import java.util.Map;

/**
 * One failover, as it was measured.
 *
 * @param number of the run, from 1
 * @param from who led before; empty if it came to nothing
 * @param to who led afterwards
 * @param oldToken token of the former leader
 * @param newToken token of the next one
 * @param millis when each phase was reached, after the fault
 * @param verdict of the judge
 * @param notes what else is worth knowing
 * @param problems why the run is not in order; empty if it is
 */
record Run(
        int number,
        String from,
        String to,
        long oldToken,
        long newToken,
        Map<Phase, Double> millis,
        Verdict verdict,
        List<String> notes,
        List<String> problems) {

    boolean inOrder() {
        return problems.isEmpty();
    }
}
