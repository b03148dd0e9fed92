package dev.ha4j.conformance.random;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Primitives, groups, and clones of both. */
final class RandomResources {
    private final Dice dice;
    private final Xml list;
    private final List<String> nodes;
    private final boolean fencing;
    private final List<Unit> units = new ArrayList<>();

    /** Something that constraints may name. */
    record Unit(String id, boolean cloned, boolean promotable, boolean unique, List<Primitive> primitives) {}

    /** One primitive, whatever it is in. */
    record Primitive(
            String id, boolean promotable, boolean unique, boolean inClone, List<Operation> operations, Agent agent) {
        Primitive(String id, boolean promotable, boolean unique, boolean inClone, List<Operation> operations) {
            this(id, promotable, unique, inClone, operations, Agent.of(id, promotable));
        }
    }

    /** What runs it, and with which parameters. */
    record Agent(String provider, String type, Map<String, String> parameters) {
        static Agent of(String id, boolean promotable) {
            String type = RandomRemotes.isConnection(id) ? "remote" : promotable ? "Stateful" : "Dummy";
            return new Agent("pacemaker", type, Map.of());
        }
    }

    /** A recurring operation. */
    record Operation(String name, int intervalMillis, int timeoutMillis, String role) {}

    RandomResources(Dice dice, Xml list, List<String> nodes, boolean fencing) {
        this.dice = dice;
        this.list = list;
        this.nodes = nodes;
        this.fencing = fencing;
    }

    List<Unit> units() {
        return units;
    }

    void make() {
        if (fencing && !dice.oneIn(12)) {
            Xml device = list.add("primitive", "id", "Fencing", "class", "stonith", "type", "fence_xvm");
            units.add(new Unit("Fencing", false, false, true, List.of(operations("Fencing", device, false, true))));
        }
        int count = dice.between(1, 5);
        for (int i = 0; i < count; i++) {
            String id = "r" + i;
            switch (dice.between(0, 6)) {
                case 0, 1 -> units.add(group(list, id));
                case 2, 3 -> units.add(clone(id, false));
                case 4 -> units.add(clone(id, true));
                default -> {
                    Primitive primitive = primitive(list, id, false, true, false);
                    units.add(new Unit(id, false, false, true, List.of(primitive)));
                }
            }
        }
    }

    private Map<String, String> meta(boolean promotable) {
        Map<String, String> meta = new LinkedHashMap<>();
        dice.maybe(meta, 5, "priority", Integer.toString(dice.between(0, 10)));
        dice.maybe(meta, 5, "resource-stickiness", dice.pick("0", "50", "INFINITY"));
        String role = promotable
                ? dice.pick("Stopped", "Started", "Unpromoted", "Promoted")
                : dice.pick("Stopped", "Started");
        dice.maybe(meta, 8, "target-role", role);
        dice.maybe(meta, 20, "is-managed", "false");
        dice.maybe(meta, 25, "maintenance", "true");
        dice.maybe(meta, 6, "migration-threshold", dice.pick("1", "2"));
        dice.maybe(meta, 8, "failure-timeout", dice.pick("60s", "1h"));
        dice.maybe(meta, 10, "multiple-active", dice.pick("stop_only", "block", "stop_start", "stop_unexpected"));
        dice.maybe(meta, 12, "critical", "false");
        dice.maybe(meta, 15, "requires", dice.pick("nothing", "quorum", "fencing"));
        return meta;
    }

    private Primitive primitive(Xml parent, String id, boolean promotable, boolean unique, boolean inClone) {
        Xml primitive = parent.add(
                "primitive",
                "id",
                id,
                "class",
                "ocf",
                "provider",
                "pacemaker",
                "type",
                promotable ? "Stateful" : "Dummy");
        Map<String, String> meta = meta(promotable);
        dice.maybe(meta, 6, "allow-migrate", "true");
        primitive.addSet("meta_attributes", id + "-meta", meta);
        if (dice.oneIn(4)) {
            primitive.addSet("utilization", id + "-use", Map.of("memory", Integer.toString(dice.between(1, 4))));
        }
        Primitive made = operations(id, primitive, promotable, unique);
        return new Primitive(id, promotable, unique, inClone, made.operations());
    }

    private Primitive operations(String id, Xml primitive, boolean promotable, boolean unique) {
        Xml configured = new Xml("operations");
        List<Operation> recurring = new ArrayList<>();
        if (!dice.oneIn(3)) {
            recurring.add(operation(configured, id, "monitor", 10, ""));
        }
        if (promotable && !dice.oneIn(3)) {
            recurring.add(operation(configured, id, "monitor", 11, "Promoted"));
        }
        if (dice.oneIn(15)) {
            recurring.add(operation(configured, id, "monitor", 12, "Stopped"));
        }
        for (String task : List.of("start", "stop", "promote", "demote")) {
            boolean fits = promotable || task.equals("start") || task.equals("stop");
            if (fits && dice.oneIn(8)) {
                operation(configured, id, task, 0, "");
            }
        }
        if (!configured.children.isEmpty()) {
            primitive.add(configured);
        }
        return new Primitive(id, promotable, unique, false, recurring);
    }

    private Operation operation(Xml operations, String id, String name, int intervalSeconds, String role) {
        Xml op = operations.add(
                "op", "id", id + "-" + name + "-" + intervalSeconds, "name", name, "interval", intervalSeconds + "s");
        int timeoutMillis = 20_000;
        if (dice.oneIn(2)) {
            timeoutMillis = 30_000;
            op.with("timeout", "30s");
        }
        if (!role.isEmpty()) {
            op.with("role", role);
        }
        if (dice.oneIn(4)) {
            String onFail = dice.pick("ignore", "block", "stop", "restart", "standby", "fence", "demote");
            boolean fits = (!onFail.equals("demote") || name.equals("promote") || role.equals("Promoted"))
                    && (!onFail.equals("fence") || fencing)
                    && (!name.equals("stop") || !(onFail.equals("standby") || onFail.equals("stop")));
            if (fits) {
                op.with("on-fail", onFail);
            }
        }
        return new Operation(name, intervalSeconds * 1000, timeoutMillis, role);
    }

    private Unit group(Xml parent, String id) {
        Xml group = parent.add("group", "id", id);
        if (dice.oneIn(4)) {
            group.addSet("meta_attributes", id + "-meta", meta(false));
        }
        return new Unit(id, false, false, true, members(group, id, false, true, false));
    }

    private List<Primitive> members(Xml group, String id, boolean promotable, boolean unique, boolean inClone) {
        List<Primitive> members = new ArrayList<>();
        int count = dice.between(1, 3);
        for (int i = 0; i < count; i++) {
            members.add(primitive(group, id + "m" + i, promotable, unique, inClone));
        }
        return members;
    }

    private Unit clone(String id, boolean promotable) {
        Xml clone = list.add("clone", "id", id);
        boolean unique = !promotable && dice.oneIn(6);
        Map<String, String> meta = meta(promotable);
        dice.maybe(meta, 2, "interleave", "true");
        dice.maybe(meta, 6, "ordered", "true");
        dice.maybe(meta, 4, "notify", "true");
        dice.maybe(meta, 4, "clone-max", Integer.toString(dice.between(1, nodes.size())));
        dice.maybe(meta, 12, "clone-min", Integer.toString(dice.between(1, 2)));
        if (promotable) {
            meta.put("promotable", "true");
            dice.maybe(meta, 4, "promoted-max", Integer.toString(dice.between(1, 2)));
        }
        if (unique) {
            meta.put("globally-unique", "true");
            meta.put("clone-max", Integer.toString(dice.between(1, 3)));
            meta.put("clone-node-max", Integer.toString(dice.between(1, 2)));
        }
        clone.addSet("meta_attributes", id + "-meta", meta);
        List<Primitive> primitives;
        if (!unique && dice.oneIn(4)) {
            primitives = members(clone.add("group", "id", id + "g"), id + "g", promotable, false, true);
        } else {
            primitives = List.of(primitive(clone, id + "p", promotable, unique, true));
        }
        return new Unit(id, true, promotable, unique, primitives);
    }
}
