package dev.ha4j.conformance.random;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** One thing that is changed in a cluster: an element that goes, a score, an option, a node's state, a result. */
final class Change {
    private static final List<Setting> OPTIONS = List.of(
            new Setting("symmetric-cluster", "true", "false"),
            new Setting("no-quorum-policy", "stop", "freeze", "ignore", "demote", "suicide"),
            new Setting("stonith-enabled", "true", "false"),
            new Setting("stop-all-resources", "true"),
            new Setting("maintenance-mode", "true"),
            new Setting("start-failure-is-fatal", "true", "false"),
            new Setting("stop-orphan-resources", "true", "false"),
            new Setting("stop-orphan-actions", "true", "false"),
            new Setting("startup-fencing", "true", "false"),
            new Setting("enable-startup-probes", "true", "false"),
            new Setting("placement-strategy", "default", "utilization", "minimal", "balanced"));

    private static final List<Setting> META = List.of(
            new Setting("target-role", "Started", "Stopped", "Slave", "Master"),
            new Setting("is-managed", "true", "false"),
            new Setting("resource-stickiness", "0", "1", "100", "INFINITY", "-1"),
            new Setting("migration-threshold", "1", "2", "INFINITY"),
            new Setting("failure-timeout", "0", "10", "1000000000"),
            new Setting("multiple-active", "stop_only", "stop_start", "block"),
            new Setting("priority", "0", "5", "100"),
            new Setting("allow-migrate", "true", "false"),
            new Setting("requires", "nothing", "quorum", "fencing"),
            new Setting("interleave", "true", "false"),
            new Setting("ordered", "true", "false"),
            new Setting("notify", "true", "false"),
            new Setting("clone-max", "1", "2", "3"),
            new Setting("clone-node-max", "1", "2"),
            new Setting("critical", "true", "false"),
            new Setting("maintenance", "true", "false"));

    private Change() {}

    private record Setting(String name, String... values) {}

    static void make(Xml cib, Dice dice) {
        switch (dice.between(0, 8)) {
            case 0 -> remove(cib, dice, Change::isConstraint);
            case 1 -> remove(cib, dice, element -> element.name.equals("lrm_rsc_op"));
            case 2 -> remove(cib, dice, element -> element.name.equals("nvpair"));
            case 3 -> score(cib, dice);
            case 4 -> node(cib, dice);
            case 5 -> result(cib, dice);
            case 6 -> option(cib, dice);
            case 7 -> metaAttribute(cib, dice);
            default -> constraint(cib, dice);
        }
    }

    private static boolean isConstraint(Xml element) {
        return element.name.startsWith("rsc_") && !element.name.equals("rsc_defaults");
    }

    private static List<Xml> all(Xml element, Predicate<Xml> wanted) {
        List<Xml> found = new ArrayList<>();
        collect(element, wanted, found);
        return found;
    }

    private static void collect(Xml element, Predicate<Xml> wanted, List<Xml> found) {
        if (wanted.test(element)) {
            found.add(element);
        }
        element.children.forEach(child -> collect(child, wanted, found));
    }

    private static void remove(Xml cib, Dice dice, Predicate<Xml> wanted) {
        List<Xml> parents = all(cib, element -> element.children.stream().anyMatch(wanted));
        if (!parents.isEmpty()) {
            Xml parent = dice.pick(parents);
            parent.children.remove(
                    dice.pick(parent.children.stream().filter(wanted).toList()));
        }
    }

    private static void score(Xml cib, Dice dice) {
        List<Xml> scored = all(cib, element -> element.attributes.containsKey("score"));
        if (!scored.isEmpty()) {
            dice.pick(scored).with("score", dice.pick("INFINITY", "-INFINITY", "0", "1", "-1", "10", "1000", "-1000"));
        }
    }

    private static void constraint(Xml cib, Dice dice) {
        List<Xml> constraints = all(cib, Change::isConstraint);
        if (constraints.isEmpty()) {
            return;
        }
        Xml constraint = dice.pick(constraints);
        switch (constraint.name) {
            case "rsc_order" -> order(constraint, dice);
            case "rsc_colocation" -> colocation(constraint, dice);
            case "rsc_location" -> location(constraint, dice);
            default -> constraint.attributes.remove("loss-policy");
        }
    }

    private static void order(Xml constraint, Dice dice) {
        switch (dice.between(0, 3)) {
            case 0 -> {
                constraint.attributes.remove("score");
                constraint.with("kind", dice.pick("Optional", "Mandatory", "Serialize"));
            }
            case 1 -> constraint.with("symmetrical", dice.pick("true", "false"));
            case 2 -> constraint.with("first-action", dice.pick("start", "stop", "promote", "demote"));
            default -> constraint.with("then-action", dice.pick("start", "stop", "promote", "demote"));
        }
    }

    private static void colocation(Xml constraint, Dice dice) {
        boolean ofSets = !constraint.attributes.containsKey("rsc");
        switch (ofSets ? 0 : dice.between(0, 3)) {
            case 0 -> constraint.with("score", dice.pick("INFINITY", "-INFINITY", "5", "-5"));
            case 1 -> constraint.with("rsc-role", dice.pick("Started", "Master", "Slave", "Stopped"));
            case 2 -> constraint.with("with-rsc-role", dice.pick("Started", "Master", "Slave", "Stopped"));
            default -> {
                String dependent = constraint.get("rsc");
                constraint.with("rsc", constraint.get("with-rsc")).with("with-rsc", dependent);
            }
        }
    }

    private static void location(Xml constraint, Dice dice) {
        if (constraint.attributes.containsKey("score")) {
            constraint.with("score", dice.pick("INFINITY", "-INFINITY", "5", "-5"));
        }
    }

    private static void node(Xml cib, Dice dice) {
        List<Xml> states = all(cib, element -> element.name.equals("node_state"));
        List<Xml> nodes = all(cib, element -> element.name.equals("node"));
        switch (dice.between(0, 4)) {
            case 0 -> {
                if (!states.isEmpty()) {
                    dice.pick(states)
                            .with("in_ccm", "false")
                            .with("crmd", "offline")
                            .with("join", "down")
                            .with("expected", dice.pick("down", "member"));
                }
            }
            case 1 -> {
                if (!states.isEmpty()) {
                    dice.pick(states)
                            .with("in_ccm", "true")
                            .with("crmd", "online")
                            .with("join", "member")
                            .with("expected", "member");
                }
            }
            case 2 -> cib.with("have-quorum", dice.pick("0", "1"));
            default -> {
                if (!nodes.isEmpty()) {
                    Xml node = dice.pick(nodes);
                    set(
                            node,
                            "instance_attributes",
                            dice.pick("standby", "standby", "maintenance"),
                            dice.pick("true", "false"));
                }
            }
        }
    }

    private static void result(Xml cib, Dice dice) {
        List<Xml> operations = all(cib, element -> element.name.equals("lrm_rsc_op"));
        if (operations.isEmpty()) {
            return;
        }
        Xml operation = dice.pick(operations);
        String[] result = dice.pick(
                new String[] {"0", "0"},
                new String[] {"0", "7"},
                new String[] {"4", "1"},
                new String[] {"4", "7"},
                new String[] {"4", "5"},
                new String[] {"2", "198"},
                new String[] {"-1", "193"},
                new String[] {"0", "8"},
                new String[] {"4", "9"});
        String magic = operation.get("transition-key");
        operation.with("op-status", result[0]).with("rc-code", result[1]);
        if (!magic.isEmpty()) {
            operation.with("transition-magic", result[0] + ":" + result[1] + ";" + magic);
        }
    }

    private static void option(Xml cib, Dice dice) {
        all(cib, element -> element.name.equals("crm_config")).stream()
                .findFirst()
                .ifPresent(config -> set(config, "cluster_property_set", dice.pick(OPTIONS), dice));
    }

    private static void metaAttribute(Xml cib, Dice dice) {
        List<Xml> resources = all(
                cib, element -> List.of("primitive", "group", "clone", "master").contains(element.name));
        if (!resources.isEmpty()) {
            set(dice.pick(resources), "meta_attributes", dice.pick(META), dice);
        }
    }

    private static void set(Xml owner, String kind, Setting setting, Dice dice) {
        set(owner, kind, setting.name(), dice.pick(setting.values()));
    }

    /** In the first set of this kind that has no rule. */
    private static void set(Xml owner, String kind, String name, String value) {
        Xml set = owner.children.stream()
                .filter(child ->
                        child.name.equals(kind) && child.children.stream().noneMatch(Change::isRule))
                .findFirst()
                .orElseGet(() -> owner.addFirst(new Xml(kind, "id", "changed-" + owner.get("id"))));
        set.children.removeIf(pair -> sameName(pair.get("name"), name));
        set.add("nvpair", "id", "changed-" + owner.get("id") + "-" + name, "name", name, "value", value);
    }

    private static boolean isRule(Xml element) {
        return element.name.equals("rule");
    }

    private static boolean sameName(String one, String other) {
        return one.replace('_', '-').equals(other.replace('_', '-'));
    }
}
