package dev.ha4j.cib;

import dev.ha4j.resources.config.Status;
import dev.ha4j.resources.config.Status.NodeStatus;
import dev.ha4j.resources.config.Status.OperationRecord;
import dev.ha4j.resources.config.Status.ResourceHistory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The observed part. */
final class StatusImport {
    private final SetImport sets;

    StatusImport(SetImport sets) {
        this.sets = sets;
    }

    Status read(Element root) {
        List<NodeStatus> nodes = new ArrayList<>();
        Map<String, Map<String, String>> tickets = new LinkedHashMap<>();
        for (Element child : root.under("status")) {
            if (child.is("node_state")) {
                nodes.add(node(child));
            } else if (child.is("tickets")) {
                child.children("ticket_state").forEach(state -> tickets.put(state.id(), state.attributes));
            }
        }
        return new Status(nodes, tickets);
    }

    private NodeStatus node(Element state) {
        Element transients =
                state.child("transient_attributes").orElse(new Element("transient_attributes", 0, Map.of()));
        List<ResourceHistory> resources = new ArrayList<>();
        for (Element resource :
                state.child("lrm").map(lrm -> lrm.under("lrm_resources")).orElse(List.of())) {
            if (resource.is("lrm_resource")) {
                resources.add(new ResourceHistory(
                        resource.attributes,
                        resource.children("lrm_rsc_op").stream()
                                .map(op -> new OperationRecord(op.attributes))
                                .toList()));
            }
        }
        return new NodeStatus(
                state.attributes,
                sets.read(transients, "instance_attributes"),
                sets.read(transients, "utilization"),
                resources);
    }
}
