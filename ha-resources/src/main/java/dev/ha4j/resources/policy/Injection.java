package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.AttributeSet;
import dev.ha4j.resources.config.NodeEntry;
import dev.ha4j.resources.config.PolicyInput;
import dev.ha4j.resources.config.Status;
import dev.ha4j.resources.config.Status.NodeStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Changes to what was observed. */
final class Injection {
    private final PolicyInput input;
    private final Instant now;
    private final Observations observed;
    private final Map<String, Map<String, String>> tickets;

    Injection(PolicyInput input, Instant now) {
        this.input = input;
        this.now = now;
        observed = new Observations(input);
        tickets = new LinkedHashMap<>(input.status().tickets());
    }

    PolicyInput result() {
        return input.withStatus(new Status(observed.nodes(), tickets));
    }

    void setState(String node, Observations.Presence presence) {
        observed.setPresence(index(node), presence);
    }

    void forgetNode(String node) {
        observed.forget(index(node));
    }

    void setAttribute(String node, String name, String value) {
        observed.setAttribute(index(node), name, value);
    }

    void setCapacity(String node, String name, int value) {
        int index = index(node);
        NodeStatus old = observed.get(index);
        List<AttributeSet> changed =
                Observations.withValue(old.transientUtilization(), "simulated", name, Integer.toString(value));
        observed.set(index, new NodeStatus(old.attributes(), old.transientAttributes(), changed, old.resources()));
    }

    void setTicket(String ticket, String attribute, boolean value) {
        Map<String, String> attributes = new LinkedHashMap<>(tickets.getOrDefault(ticket, Map.of("id", ticket)));
        attributes.put(attribute, Boolean.toString(value));
        tickets.put(ticket, attributes);
    }

    void operation(OperationResult result) {
        Model model = PolicyEngine.unpacked(input, now);
        if (!(model.find(result.resource()) instanceof Primitive primitive)) {
            throw new IllegalArgumentException("there is no resource " + result.resource()
                    + " that operations are done with: name a primitive, with its instance number if it is in a clone");
        }
        index(result.node());
        String name = primitive.historyOrId();
        OperationRecording recording = new OperationRecording(input, model, now, observed);
        recording.record(primitive, primitive.unique ? name : Text.withoutInstance(name), result);
    }

    private int index(String node) {
        boolean known = input.nodes().stream().map(NodeEntry::name).anyMatch(node::equals)
                || input.status().nodes().stream().anyMatch(state -> node.equals(state.get("uname")));
        if (!known) {
            throw new IllegalArgumentException("there is no node " + node + ": the configured ones are "
                    + input.nodes().stream().map(NodeEntry::name).sorted().toList());
        }
        return observed.indexOf(node);
    }
}
