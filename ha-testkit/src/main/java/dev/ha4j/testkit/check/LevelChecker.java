package dev.ha4j.testkit.check;

import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.TraceListener;
import dev.ha4j.testkit.trace.TraceRecord;
import java.util.TreeMap;

/**
 * V1: the cluster's feature level rises to one that all configured nodes know, those that are away included, and no node takes part
 * that doesn't know it.
 */
final class LevelChecker implements TraceListener {

    private final Findings findings;
    private final TreeMap<Integer, Integer> levels = new TreeMap<>();
    private int highest = 1;

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
                    level <= highest || level <= lowest(applied.state().policy()),
                    "V1",
                    step,
                    () -> "the feature level rises to " + level + " though the nodes know " + levels);
            findings.require(
                    level <= levels.getOrDefault(step.node(), 1),
                    "V1",
                    step,
                    () -> LifeId.of(step) + " takes part at feature level " + level + " though the nodes know "
                            + levels);
            highest = Math.max(highest, level);
        }
    }

    private int lowest(ClusterPolicy policy) {
        return policy.nodes().stream()
                .mapToInt(node -> levels.getOrDefault(node.id().value(), 1))
                .min()
                .orElse(1);
    }
}
