package dev.ha4j.conformance.random;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Connections to remote nodes, and resources that launch guest nodes. */
final class RandomRemotes {
    private final Dice dice;
    private final List<String> nodes = new ArrayList<>();
    private final List<RandomResources.Unit> units = new ArrayList<>();

    RandomRemotes(Dice dice) {
        this.dice = dice;
    }

    /** Names of the nodes that were made. */
    List<String> nodes() {
        return nodes;
    }

    List<RandomResources.Unit> units() {
        return units;
    }

    void make(Xml list) {
        int kind = dice.between(0, 3);
        if (kind != 1) {
            remote(list, "remote1");
        }
        if (kind >= 1) {
            guest(list, "vm1", "guest1");
        }
        if (kind == 3 && dice.oneIn(3)) {
            guest(list, "vm2", "guest2");
        }
    }

    private void remote(Xml list, String name) {
        Xml primitive = list.add("primitive", "id", name, "class", "ocf", "provider", "pacemaker", "type", "remote");
        primitive.addSet("meta_attributes", name + "-meta", meta());
        Map<String, String> parameters = new LinkedHashMap<>();
        if (dice.oneIn(5)) {
            parameters.put("reconnect_interval", "60s");
        }
        primitive.addSet("instance_attributes", name + "-parameters", parameters);
        primitive.add("operations").add("op", "id", name + "-monitor", "name", "monitor", "interval", "30s");
        add(name, 20_000);
        nodes.add(name);
    }

    private void guest(Xml list, String launcher, String name) {
        Xml primitive = list.add("primitive", "id", launcher, "class", "ocf", "provider", "pacemaker", "type", "Dummy");
        Map<String, String> meta = meta();
        meta.put("remote-node", name);
        if (dice.oneIn(4)) {
            meta.put("allow-migrate", "true");
        }
        primitive.addSet("meta_attributes", launcher + "-meta", meta);
        primitive.add("operations").add("op", "id", launcher + "-monitor", "name", "monitor", "interval", "30s");
        add(launcher, 20_000);
        add(name, 30_000);
        nodes.add(name);
    }

    private Map<String, String> meta() {
        Map<String, String> meta = new LinkedHashMap<>();
        if (dice.oneIn(4)) {
            meta.put("resource-stickiness", "50");
        }
        if (dice.oneIn(20)) {
            meta.put("is-managed", "false");
        }
        if (dice.oneIn(10)) {
            meta.put("target-role", "Stopped");
        }
        if (dice.oneIn(8)) {
            meta.put("migration-threshold", "1");
        }
        return meta;
    }

    static boolean isConnection(String id) {
        return id.startsWith("remote") || id.startsWith("guest");
    }

    private void add(String id, int timeoutMillis) {
        RandomResources.Operation monitor = new RandomResources.Operation("monitor", 30_000, timeoutMillis, "");
        RandomResources.Primitive primitive = new RandomResources.Primitive(id, false, true, false, List.of(monitor));
        units.add(new RandomResources.Unit(id, false, false, true, List.of(primitive)));
    }
}
