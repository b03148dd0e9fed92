package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.AttributeSet;
import dev.ha4j.resources.config.AttributeSet.NamedValue;
import dev.ha4j.resources.config.Constraint;
import dev.ha4j.resources.config.Header;
import dev.ha4j.resources.config.NodeEntry;
import dev.ha4j.resources.config.OperationEntry;
import dev.ha4j.resources.config.PolicyInput;
import dev.ha4j.resources.config.ResourceEntry;
import dev.ha4j.resources.config.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;

/** A small cluster in which nothing has failed: some nodes are away, in standby or new, and nothing runs yet. */
final class RandomInput {
    private final Random random;
    private final List<NodeEntry> nodes = new ArrayList<>();
    private final List<ResourceEntry> resources = new ArrayList<>();
    private final List<Constraint> constraints = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    private RandomInput(long seed) {
        random = new Random(seed);
    }

    static PolicyInput of(long seed) {
        return new RandomInput(seed).make();
    }

    private PolicyInput make() {
        int nodeCount = 2 + random.nextInt(4);
        for (int i = 1; i <= nodeCount; i++) {
            nodes.add(new NodeEntry("" + i, "node" + i, 0, false, List.of(), List.of()));
        }
        int resourceCount = 1 + random.nextInt(6);
        for (int i = 0; i < resourceCount; i++) {
            resources.add(resource("r" + i));
            names.add("r" + i);
        }
        int constraintCount = random.nextInt(5);
        for (int i = 0; i < constraintCount; i++) {
            constraints.add(constraint("c" + i));
        }
        Header header = new Header(true, false, "1", OptionalLong.empty(), false);
        return new PolicyInput(
                header,
                List.of(set("options", Map.of("fencing-enabled", "false"))),
                nodes,
                resources,
                constraints,
                List.of(),
                List.of(),
                Map.of(),
                new Status(nodes.stream().map(this::state).toList(), Map.of()));
    }

    private static AttributeSet set(String id, Map<String, String> values) {
        return new AttributeSet(
                id,
                0,
                null,
                values.entrySet().stream()
                        .map(entry -> new NamedValue(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private boolean oneIn(int count) {
        return random.nextInt(count) == 0;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private ResourceEntry resource(String id) {
        return switch (random.nextInt(5)) {
            case 0 -> group(id);
            case 1 -> clone(id, primitive(id + "-child"));
            case 2 -> clone(id, group(id + "-group"));
            default -> primitive(id);
        };
    }

    private ResourceEntry.Primitive primitive(String id) {
        Map<String, String> meta = new LinkedHashMap<>();
        if (oneIn(4)) {
            meta.put("priority", "" + random.nextInt(10));
        }
        if (oneIn(4)) {
            meta.put("resource-stickiness", "" + random.nextInt(200));
        }
        if (oneIn(8)) {
            meta.put("target-role", "Stopped");
        }
        List<OperationEntry> operations = oneIn(2)
                ? List.of(new OperationEntry(Map.of("name", "monitor", "interval", "10s"), List.of(), List.of()))
                : List.of();
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("id", id);
        attributes.put("class", "ocf");
        attributes.put("provider", "test");
        attributes.put("type", "Dummy");
        return new ResourceEntry.Primitive(
                id, attributes, List.of(set(id + "-meta", meta)), List.of(), List.of(), operations, null);
    }

    private ResourceEntry.Group group(String id) {
        List<ResourceEntry.Primitive> members = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            members.add(primitive(id + "-" + i));
        }
        return new ResourceEntry.Group(id, Map.of("id", id), List.of(), List.of(), members);
    }

    private ResourceEntry.Clone clone(String id, ResourceEntry child) {
        Map<String, String> meta = new LinkedHashMap<>();
        if (oneIn(2)) {
            meta.put("interleave", "true");
        }
        if (oneIn(3)) {
            meta.put("clone-max", "" + (1 + random.nextInt(3)));
        }
        if (oneIn(3)) {
            meta.put("notify", "true");
        }
        if (child instanceof ResourceEntry.Primitive && oneIn(2)) {
            meta.put("promotable", "true");
        }
        return new ResourceEntry.Clone(id, Map.of("id", id), List.of(set(id + "-meta", meta)), List.of(), child);
    }

    /** Only what can hold: nothing waits for, or goes with, what comes after it. */
    private Constraint constraint(String id) {
        int lower = random.nextInt(names.size());
        String first = names.get(lower);
        String second = names.get(lower + random.nextInt(names.size() - lower));
        Map<String, String> attributes = new LinkedHashMap<>();
        switch (first.equals(second) ? 0 : random.nextInt(3)) {
            case 0 -> {
                attributes.put("rsc", first);
                attributes.put("node", pick(nodes).name());
                attributes.put("score", pick(List.of("INFINITY", "-INFINITY", "50", "-50")));
                return new Constraint.Location(id, attributes, null, List.of());
            }
            case 1 -> {
                attributes.put("rsc", second);
                attributes.put("with-rsc", first);
                attributes.put("score", pick(List.of("INFINITY", "-INFINITY", "50", "-50")));
                return new Constraint.Colocation(id, attributes, List.of());
            }
            default -> {
                attributes.put("first", first);
                attributes.put("then", second);
                attributes.put("kind", pick(List.of("Mandatory", "Optional", "Serialize")));
                return new Constraint.Order(id, attributes, List.of());
            }
        }
    }

    private Status.NodeStatus state(NodeEntry node) {
        boolean up = !oneIn(6);
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("id", node.id());
        attributes.put("uname", node.name());
        attributes.put("in_ccm", up ? "true" : "false");
        attributes.put("crmd", up ? "online" : "offline");
        attributes.put("join", up ? "member" : "down");
        attributes.put("expected", up ? "member" : "down");
        List<AttributeSet> transients =
                oneIn(8) ? List.of(set("status-" + node.id(), Map.of("standby", "on"))) : List.of();
        return new Status.NodeStatus(attributes, transients, List.of(), List.of());
    }
}
