package dev.ha4j.conformance.random;

import java.util.ArrayList;
import java.util.List;

/** Locations, colocations, orders and tickets, with rules and sets. Some contradict each other. */
final class RandomConstraints {
    private final Dice dice;
    private final Xml list;
    private final List<String> nodes;
    private final List<RandomResources.Unit> units;
    private final List<String> names;

    RandomConstraints(Dice dice, Xml list, List<String> nodes, List<RandomResources.Unit> units) {
        this.dice = dice;
        this.list = list;
        this.nodes = nodes;
        this.units = units;
        names = units.stream()
                .map(RandomResources.Unit::id)
                .filter(id -> !id.equals("Fencing"))
                .toList();
    }

    void make() {
        int count = dice.between(0, 5);
        for (int i = 0; i < count; i++) {
            String id = "c" + i;
            switch (dice.between(0, 9)) {
                case 0, 1, 2 -> location(id);
                case 3, 4, 5 -> colocation(id);
                case 6, 7 -> order(id);
                case 8 -> set(id);
                default -> ticket(id);
            }
        }
    }

    private RandomResources.Unit unit(String id) {
        return units.stream().filter(unit -> unit.id().equals(id)).findFirst().orElseThrow();
    }

    private String score() {
        return dice.pick("INFINITY", "-INFINITY", "100", "-100", "50", "-5000", "1");
    }

    private void location(String id) {
        String resource = dice.pick(names);
        Xml location = list.add("rsc_location", "id", id, "rsc", resource);
        if (dice.oneIn(12)) {
            location.with("resource-discovery", dice.pick("never", "exclusive"));
        }
        if (!dice.oneIn(4)) {
            location.with("node", dice.pick(nodes)).with("score", score());
            if (unit(resource).promotable() && dice.oneIn(3)) {
                location.with("role", "Promoted");
            }
            return;
        }
        Xml rule = location.add("rule", "id", id + "-rule", "score", score());
        if (dice.oneIn(3)) {
            rule.with("boolean-op", dice.pick("and", "or"));
            expression(rule, id + "-e2", "#uname", dice.pick("eq", "ne"), dice.pick(nodes));
        }
        if (dice.oneIn(3)) {
            rule.add(
                    "expression",
                    "id",
                    id + "-e",
                    "attribute",
                    "site",
                    "operation",
                    dice.pick("defined", "not_defined"));
        } else {
            expression(rule, id + "-e", "site", dice.pick("eq", "ne", "lt", "gte"), dice.pick("a", "b"));
        }
    }

    private static void expression(Xml rule, String id, String attribute, String operation, String value) {
        rule.add("expression", "id", id, "attribute", attribute, "operation", operation, "value", value);
    }

    private void colocation(String id) {
        String dependent = dice.pick(names);
        String primary = dice.pick(names);
        if (dependent.equals(primary)) {
            return;
        }
        Xml colocation = list.add("rsc_colocation", "id", id, "rsc", dependent, "with-rsc", primary, "score", score());
        if (unit(primary).promotable() && dice.oneIn(2)) {
            colocation.with("with-rsc-role", dice.pick("Promoted", "Started"));
        }
        if (unit(dependent).promotable() && dice.oneIn(3)) {
            colocation.with("rsc-role", "Promoted");
        }
        if (dice.oneIn(6)) {
            colocation.with("node-attribute", "site");
        }
        if (dice.oneIn(6)) {
            colocation.with("influence", dice.pick("true", "false"));
        }
    }

    private void order(String id) {
        String first = dice.pick(names);
        String then = dice.pick(names);
        if (first.equals(then)) {
            return;
        }
        Xml order = list.add("rsc_order", "id", id, "first", first, "then", then);
        if (!dice.oneIn(3)) {
            order.with("kind", dice.pick("Mandatory", "Optional", "Serialize"));
        }
        if (unit(first).promotable() && dice.oneIn(2)) {
            order.with("first-action", "promote").with("then-action", "start");
        } else if (dice.oneIn(8)) {
            order.with("first-action", "stop").with("then-action", dice.pick("start", "stop"));
        }
        if (dice.oneIn(5)) {
            order.with("symmetrical", "false");
        }
        if (dice.oneIn(6)) {
            order.with("require-all", "false");
        }
    }

    private void set(String id) {
        if (names.size() < 2) {
            return;
        }
        List<String> left = new ArrayList<>(names);
        Xml constraint = dice.oneIn(2)
                ? list.add("rsc_colocation", "id", id, "score", dice.pick("INFINITY", "100", "-INFINITY"))
                : list.add("rsc_order", "id", id, "kind", dice.pick("Mandatory", "Optional"));
        boolean order = constraint.name.equals("rsc_order");
        int sets = dice.between(1, 2);
        for (int i = 0; i < sets && !left.isEmpty(); i++) {
            Xml set = constraint.add("resource_set", "id", id + "-" + i);
            if (dice.oneIn(2)) {
                set.with("sequential", dice.pick("true", "false"));
            }
            if (order && dice.oneIn(4)) {
                set.with("require-all", "false").with("sequential", "false");
            }
            int size = dice.between(1, 3);
            for (int k = 0; k < size && !left.isEmpty(); k++) {
                String member = dice.pick(left);
                left.remove(member);
                set.add("resource_ref", "id", member);
            }
        }
    }

    private void ticket(String id) {
        list.add(
                "rsc_ticket",
                "id",
                id,
                "rsc",
                dice.pick(names),
                "ticket",
                "ticket" + dice.between(1, 2),
                "loss-policy",
                dice.pick("stop", "demote", "fence", "freeze"));
    }
}
