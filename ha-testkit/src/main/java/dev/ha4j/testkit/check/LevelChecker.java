package dev.ha4j.testkit.check;

import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.util.TreeMap;

/** V1: the cluster's feature level is one that all configured nodes know, those that are away included. */
final class LevelChecker implements TraceListener {

    private final Findings findings;
    private final TreeMap<Integer, Integer> levels = new TreeMap<>();

    LevelChecker(Findings findings) {
        this.findings = findings;
    }

    @Override
    public void on(TraceRecord step) {
        if (step.event() instanceof Event.NodeStarted started) {
            levels.put(step.node(), started.featureLevel());
        } else if (step.event() instanceof Event.StateApplied applied) {
            int level = applied.state().featureLevel();
            findings.require(
                    level <= lowest(applied.state().policy()),
                    "V1",
                    step,
                    () -> "the feature level is " + level + " though the nodes know " + levels);
        }
    }

    private int lowest(ClusterPolicy policy) {
        return policy.nodes().stream()
                .mapToInt(node -> levels.getOrDefault(node.id().value(), 1))
                .min()
                .orElse(1);
    }
}
