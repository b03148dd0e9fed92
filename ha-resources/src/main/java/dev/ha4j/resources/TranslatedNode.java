package dev.ha4j.resources;

import dev.ha4j.api.state.FailCount;
import dev.ha4j.api.state.NodeStatus;
import dev.ha4j.api.state.OperationKey;
import dev.ha4j.resources.config.Constraint;
import dev.ha4j.resources.config.RuntimeFacts;
import dev.ha4j.resources.config.Status;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What is known of a node, in Pacemaker's terms, with what it was made from.
 *
 * @param source what it was made from
 * @param histories what was done there, by resource
 * @param status all of it, as the engine reads it
 * @param underWay operations there that are not answered yet
 * @param bans of primitives that are not implemented there
 * @param lasting whether it is the same whenever one looks
 */
record TranslatedNode(
        Source source,
        Map<String, TranslatedHistory> histories,
        Status.NodeStatus status,
        List<RuntimeFacts.UnderWay> underWay,
        List<Constraint> bans,
        boolean lasting) {

    /** All that the translation of a node depends on, but for the time. */
    record Source(
            TranslatedPolicy policy,
            String name,
            NodeStatus node,
            SortedMap<String, Histories.Runs> runs,
            SortedMap<OperationKey, FailCount> failures) {

        /** Whether both are surely the same; where it would cost much to compare, only if they are one object. */
        boolean isSame(Source other) {
            return policy == other.policy
                    && name.equals(other.name)
                    && runs == other.runs
                    && failures.equals(other.failures)
                    && (Shared.is(node, other.node) || node.equals(other.node));
        }
    }

    /** What was done with one resource there, with what it was made from. */
    record TranslatedHistory(Histories.Runs runs, HistoryTranslation.Translated translated) {}

    boolean isFor(Source now) {
        return lasting && source.isSame(now);
    }
}
