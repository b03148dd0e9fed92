package dev.ha4j.conformance.random;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Bundles, and where their containers are. */
final class RandomBundles {
    private static final int MONITOR_MILLIS = 60_000;
    private static final int TIMEOUT_MILLIS = 20_000;

    private final Dice dice;
    private final int members;
    private final List<RandomResources.Unit> units = new ArrayList<>();
    private final List<Replica> replicas = new ArrayList<>();
    private final Map<String, RandomResources.Unit> inside = new LinkedHashMap<>();
    private final List<RandomResources.Unit> parts = new ArrayList<>();

    RandomBundles(Dice dice, int members) {
        this.dice = dice;
        this.members = members;
    }

    /** @param address empty if it has none */
    private record Replica(String bundle, int number, String technology, String address, int count, boolean filled) {
        String name() {
            return bundle + "-" + number;
        }

        String container() {
            return bundle + "-" + technology + "-" + number;
        }
    }

    /** What constraints may name. */
    List<RandomResources.Unit> units() {
        return units;
    }

    /** Containers, addresses and connections, which members run. */
    List<RandomResources.Unit> parts() {
        return parts;
    }

    /** What runs in each container that is a node. */
    Map<String, RandomResources.Unit> inside() {
        return inside;
    }

    void make(Xml list) {
        int count = dice.oneIn(3) ? 2 : 1;
        for (int i = 0; i < count; i++) {
            make(list, "b" + i, "10.0." + i + ".");
        }
    }

    private void make(Xml list, String id, String network) {
        Xml bundle = list.add("bundle", "id", id);
        String technology = dice.pick("docker", "podman");
        boolean filled = !dice.oneIn(8);
        boolean addresses = !dice.oneIn(4);
        boolean promotable = filled && dice.oneIn(3);
        int count = dice.between(1, 3);
        int perHost = dice.oneIn(4) ? 2 : 1;
        Xml container = bundle.add(technology, "image", "image");
        container.with("replicas", count);
        if (perHost > 1) {
            container.with("replicas-per-host", perHost);
        }
        if (promotable) {
            container.with("promoted-max", dice.between(1, Math.min(count, 2)));
        }
        if (addresses) {
            bundle.add("network", "ip-range-start", network + "1");
        } else if (filled) {
            bundle.add("network", "control-port", "3121");
        }
        bundle.addSet("meta_attributes", id + "-meta", meta(promotable));
        boolean unique = perHost > 1 && addresses;
        RandomResources.Primitive primitive = filled ? primitive(bundle, id + "p", promotable) : null;
        for (int i = 0; i < count; i++) {
            Replica replica = new Replica(id, i, technology, addresses ? network + (i + 1) : "", count, filled);
            replicas.add(replica);
            if (primitive != null) {
                inside.put(replica.name(), inside(primitive, unique ? ":" + i : ""));
            }
        }
        units.add(new RandomResources.Unit(id, true, promotable, true, List.of()));
    }

    private static RandomResources.Unit inside(RandomResources.Primitive primitive, String suffix) {
        RandomResources.Primitive instance = new RandomResources.Primitive(
                primitive.id() + suffix, primitive.promotable(), true, false, primitive.operations());
        return new RandomResources.Unit(instance.id(), false, primitive.promotable(), true, List.of(instance));
    }

    private RandomResources.Primitive primitive(Xml bundle, String id, boolean promotable) {
        Xml primitive = bundle.add(
                "primitive",
                "id",
                id,
                "class",
                "ocf",
                "provider",
                "pacemaker",
                "type",
                promotable ? "Stateful" : "Dummy");
        Map<String, String> meta = new LinkedHashMap<>();
        dice.maybe(meta, 8, "resource-stickiness", "50");
        dice.maybe(meta, 10, "target-role", dice.pick("Stopped", "Started"));
        dice.maybe(meta, 6, "migration-threshold", "1");
        dice.maybe(meta, 8, "notify", "true");
        dice.maybe(meta, 8, "container-attribute-target", "host");
        primitive.addSet("meta_attributes", id + "-meta", meta);
        List<RandomResources.Operation> operations = new ArrayList<>();
        Xml configured = primitive.add("operations");
        configured.add("op", "id", id + "-m10", "name", "monitor", "interval", "10s");
        operations.add(new RandomResources.Operation("monitor", 10_000, TIMEOUT_MILLIS, ""));
        if (promotable) {
            configured
                    .add("op", "id", id + "-m11", "name", "monitor", "interval", "11s")
                    .with("role", "Promoted");
            operations.add(new RandomResources.Operation("monitor", 11_000, TIMEOUT_MILLIS, "Promoted"));
        }
        if (dice.oneIn(4)) {
            primitive.addSet("utilization", id + "-use", Map.of("memory", Integer.toString(dice.between(1, 4))));
        }
        return new RandomResources.Primitive(id, promotable, true, false, operations);
    }

    private Map<String, String> meta(boolean promotable) {
        Map<String, String> meta = new LinkedHashMap<>();
        dice.maybe(meta, 5, "priority", Integer.toString(dice.between(0, 10)));
        dice.maybe(meta, 5, "resource-stickiness", dice.pick("0", "50", "INFINITY"));
        dice.maybe(
                meta,
                8,
                "target-role",
                promotable ? dice.pick("Stopped", "Unpromoted", "Promoted") : dice.pick("Stopped", "Started"));
        dice.maybe(meta, 20, "is-managed", "false");
        dice.maybe(meta, 25, "maintenance", "true");
        dice.maybe(meta, 8, "migration-threshold", dice.pick("1", "2"));
        dice.maybe(meta, 10, "failure-timeout", "60s");
        dice.maybe(meta, 6, "interleave", "true");
        dice.maybe(meta, 12, "requires", dice.pick("nothing", "quorum"));
        return meta;
    }

    /** Says where everything is: what belongs together mostly is. Containers count as nodes after the others. */
    void place(Map<String, Set<Integer>> places, List<String> nodes) {
        int own = nodes.size();
        for (Replica replica : replicas) {
            Set<Integer> host = dice.oneIn(3) ? Set.of() : Set.of(dice.between(0, members - 1));
            places.put(replica.container(), host);
            if (!replica.address().isEmpty()) {
                places.put(add(address(replica)), near(host));
            }
            String hostName =
                    host.isEmpty() ? "#uname" : nodes.get(host.iterator().next());
            add(container(replica));
            if (replica.filled()) {
                Set<Integer> connected = near(host);
                places.put(add(connection(replica, hostName)), connected);
                boolean runs = connected.isEmpty() ? dice.oneIn(12) : !dice.oneIn(5);
                RandomResources.Unit unit = inside.get(replica.name());
                if (runs && unit != null) {
                    places.computeIfAbsent(unit.id(), key -> new java.util.TreeSet<>())
                            .add(own);
                }
                own++;
            }
        }
    }

    private Set<Integer> near(Set<Integer> host) {
        if (!dice.oneIn(10)) {
            return host;
        }
        return dice.oneIn(2) ? Set.of() : Set.of(dice.between(0, members - 1));
    }

    private String add(RandomResources.Primitive part) {
        parts.add(new RandomResources.Unit(part.id(), false, false, true, List.of(part)));
        return part.id();
    }

    private static RandomResources.Primitive part(
            String id, int intervalMillis, int timeoutMillis, RandomResources.Agent agent) {
        return new RandomResources.Primitive(
                id,
                false,
                true,
                false,
                List.of(new RandomResources.Operation("monitor", intervalMillis, timeoutMillis, "")),
                agent);
    }

    private static RandomResources.Primitive address(Replica replica) {
        return part(
                replica.bundle() + "-ip-" + replica.address(),
                MONITOR_MILLIS,
                TIMEOUT_MILLIS,
                new RandomResources.Agent(
                        "heartbeat", "IPaddr2", Map.of("ip", replica.address(), "cidr_netmask", "32")));
    }

    private static RandomResources.Primitive connection(Replica replica, String host) {
        String address = replica.address().isEmpty() ? host : replica.address();
        return part(
                replica.name(),
                30_000,
                30_000,
                new RandomResources.Agent("pacemaker", "remote", Map.of("addr", address, "port", "3121")));
    }

    private static RandomResources.Primitive container(Replica replica) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("image", "image");
        parameters.put("allow_pull", "true");
        parameters.put("force_kill", "false");
        parameters.put("reuse", "false");
        parameters.put("monitor_cmd", "/bin/true");
        String logs = "/var/log/pacemaker/bundles/" + replica.name();
        parameters.put("mount_points", replica.filled() ? logs : "");
        if (replica.filled()) {
            parameters.put("run_cmd", "/usr/sbin/pacemaker-remoted");
        }
        parameters.put("run_opts", options(replica, logs));
        return part(
                replica.container(),
                MONITOR_MILLIS,
                TIMEOUT_MILLIS,
                new RandomResources.Agent("heartbeat", replica.technology(), parameters));
    }

    private static String options(Replica replica, String logs) {
        boolean addresses = !replica.address().isEmpty();
        StringBuilder options = new StringBuilder(replica.technology().equals("docker") ? " --restart=no" : "");
        options.append(addresses ? " -h " + replica.name() : "").append(" -e PCMK_stderr=1 -e PCMK_remote_port=3121");
        if (replica.filled()) {
            options.append(" -v /etc/pacemaker/authkey:/etc/pacemaker/authkey -v ")
                    .append(logs)
                    .append(":/var/log -p ")
                    .append(addresses ? replica.address() + ":" : "")
                    .append("3121:3121");
        }
        options.append(' ');
        String network = replica.address().replaceAll("[0-9]+$", "");
        for (int i = 0; addresses && i < replica.count(); i++) {
            options.append(" --add-host=" + replica.bundle() + "-" + i + ":" + network + (i + 1));
        }
        return options.toString();
    }
}
