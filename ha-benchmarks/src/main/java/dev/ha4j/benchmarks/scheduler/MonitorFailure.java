package dev.ha4j.benchmarks.scheduler;

import dev.ha4j.resources.config.AttributeSet;
import dev.ha4j.resources.config.AttributeSet.NamedValue;
import dev.ha4j.resources.config.PolicyInput;
import dev.ha4j.resources.config.Status;
import dev.ha4j.resources.config.Status.NodeStatus;
import dev.ha4j.resources.config.Status.OperationRecord;
import dev.ha4j.resources.config.Status.ResourceHistory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a controller sees after a failed monitor: its last input with one history changed and a failure counted. */
final class MonitorFailure {

    private MonitorFailure() {}

    static PolicyInput in(PolicyInput input, String node, String resource) {
        List<NodeStatus> states = input.status().nodes().stream()
                .map(state -> node.equals(state.get("uname")) ? on(state, resource) : state)
                .toList();
        return input.withStatus(new Status(states, input.status().tickets()));
    }

    private static NodeStatus on(NodeStatus state, String resource) {
        AttributeSet counted = new AttributeSet(
                "failures", 0, null, List.of(new NamedValue("fail-count-" + resource + "#monitor_10000", "1")));
        List<AttributeSet> attributes = new ArrayList<>(state.transientAttributes());
        attributes.add(counted);
        List<ResourceHistory> histories = state.resources().stream()
                .map(history -> history.id().equals(resource) ? failed(history) : history)
                .toList();
        return new NodeStatus(state.attributes(), attributes, state.transientUtilization(), histories);
    }

    private static ResourceHistory failed(ResourceHistory history) {
        List<OperationRecord> records = new ArrayList<>();
        for (OperationRecord record : history.operations()) {
            if ("10000".equals(record.get("interval"))) {
                Map<String, String> changed = new LinkedHashMap<>(record.attributes());
                changed.put("id", history.id() + "_last_failure_0");
                changed.put("rc-code", "7");
                changed.put("transition-magic", "0:7;" + record.get("transition-key"));
                changed.put("last-rc-change", "1699999990");
                records.add(new OperationRecord(changed));
            }
            records.add(record);
        }
        return new ResourceHistory(history.attributes(), records);
    }
}
