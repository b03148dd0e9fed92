package dev.ha4j.cib;

import dev.ha4j.resources.config.Status;
import dev.ha4j.resources.config.Status.NodeStatus;

/** The observed part. */
final class StatusExport {
    private final XmlText xml;
    private final SetExport sets;

    StatusExport(XmlText xml, SetExport sets) {
        this.xml = xml;
        this.sets = sets;
    }

    void write(Status status) {
        xml.begin("status");
        status.nodes().forEach(this::node);
        if (!status.tickets().isEmpty()) {
            xml.begin("tickets");
            status.tickets()
                    .values()
                    .forEach(attributes ->
                            xml.begin("ticket_state").set(attributes).end());
            xml.end();
        }
        xml.end();
    }

    private void node(NodeStatus node) {
        String id = node.attributes().getOrDefault("id", "");
        xml.begin("node_state").set(node.attributes());
        if (!node.transientAttributes().isEmpty()
                || !node.transientUtilization().isEmpty()) {
            xml.begin("transient_attributes").set("id", id);
            sets.write("instance_attributes", node.transientAttributes());
            sets.write("utilization", node.transientUtilization());
            xml.end();
        }
        if (!node.resources().isEmpty()) {
            xml.begin("lrm").set("id", id).begin("lrm_resources");
            node.resources().forEach(this::history);
            xml.end().end();
        }
        xml.end();
    }

    private void history(Status.ResourceHistory history) {
        xml.begin("lrm_resource").set(history.attributes());
        for (Status.OperationRecord record : history.operations()) {
            xml.begin("lrm_rsc_op").set(record.attributes()).end();
        }
        xml.end();
    }
}
