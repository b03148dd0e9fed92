package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.AttributeSet;
import dev.ha4j.resources.config.AttributeSet.NamedValue;
import dev.ha4j.resources.config.Constraint;
import dev.ha4j.resources.config.Header;
import dev.ha4j.resources.config.NodeEntry;
import dev.ha4j.resources.config.PolicyInput;
import dev.ha4j.resources.config.ResourceEntry;
import dev.ha4j.resources.config.Scores;
import dev.ha4j.resources.config.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;

/**
 * Two or three nodes and up to four primitives, so few that all placements can be tried. What is related is related without
 * circles. Numbers are those of nodes and of resources, from 0 on.
 */
record SmallCluster(
        List<Boolean> standby,
        List<Primitive> primitives,
        List<Location> locations,
        List<Colocation> colocations,
        List<Order> orders) {

    record Primitive(int priority, int stickiness) {}

    record Location(int resource, int node, int score) {}

    record Colocation(int dependent, int primary, int score) {}

    record Order(int first, int then) {}

    static SmallCluster of(long seed) {
        Random random = new Random(seed);
        List<Boolean> standby = new ArrayList<>();
        int nodes = 2 + random.nextInt(2);
        for (int node = 0; node < nodes; node++) {
            standby.add(random.nextInt(6) == 0);
        }
        List<Primitive> primitives = new ArrayList<>();
        List<Integer> rank = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            primitives.add(new Primitive(random.nextInt(3), random.nextInt(3) * 50));
            rank.add(i);
        }
        Collections.shuffle(rank, random);
        SmallCluster cluster =
                new SmallCluster(standby, primitives, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        int constraints = random.nextInt(2 * count + 2);
        for (int i = 0; i < constraints; i++) {
            cluster.constrain(random, rank);
        }
        return cluster;
    }

    private void constrain(Random random, List<Integer> rank) {
        int low = random.nextInt(rank.size());
        int high = random.nextInt(rank.size());
        if (low == high || random.nextInt(2) == 0) {
            int score = pick(random, -Scores.INFINITY, -Scores.INFINITY, Scores.INFINITY, 20, 100);
            locations.add(new Location(rank.get(low), random.nextInt(standby.size()), score));
        } else if (random.nextInt(3) == 0) {
            orders.add(new Order(rank.get(Math.min(low, high)), rank.get(Math.max(low, high))));
        } else {
            int score = pick(random, -Scores.INFINITY, Scores.INFINITY, Scores.INFINITY, 50);
            colocations.add(new Colocation(rank.get(Math.max(low, high)), rank.get(Math.min(low, high)), score));
        }
    }

    private static int pick(Random random, int... values) {
        return values[random.nextInt(values.length)];
    }

    static String resource(int number) {
        return "r" + number;
    }

    static String node(int number) {
        return "node" + number;
    }

    /** What it has for the resource on the node, by configured locations alone. */
    int score(int resource, int node) {
        int sum = 0;
        for (Location location : locations) {
            if (location.resource == resource && location.node == node) {
                sum = Scores.add(sum, location.score);
            }
        }
        return sum;
    }

    SmallCluster with(List<Boolean> otherStandby, List<Location> otherLocations) {
        return new SmallCluster(otherStandby, primitives, otherLocations, colocations, orders);
    }

    /** Nothing runs yet, and nothing is known. */
    PolicyInput input() {
        return input(nodeEntries().stream()
                .map(node -> new Status.NodeStatus(state(node), transients(node), List.of(), List.of()))
                .toList());
    }

    /** This cluster, where that is known of resources which is known in another state. */
    PolicyInput inputAfter(PolicyInput before) {
        List<NodeEntry> entries = nodeEntries();
        List<Status.NodeStatus> states = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            NodeEntry node = entries.get(i);
            List<Status.ResourceHistory> known = before.status().nodes().get(i).resources();
            states.add(new Status.NodeStatus(state(node), transients(node), List.of(), known));
        }
        return input(states);
    }

    private PolicyInput input(List<Status.NodeStatus> states) {
        List<ResourceEntry> resources = new ArrayList<>();
        for (int i = 0; i < primitives.size(); i++) {
            resources.add(entry(i));
        }
        return new PolicyInput(
                new Header(true, false, "0", OptionalLong.empty(), false),
                sets("options", Map.of("fencing-enabled", "false")),
                nodeEntries(),
                resources,
                constraints(),
                List.of(),
                List.of(),
                Map.of(),
                new Status(states, Map.of()));
    }

    private List<NodeEntry> nodeEntries() {
        List<NodeEntry> nodes = new ArrayList<>();
        for (int i = 0; i < standby.size(); i++) {
            nodes.add(new NodeEntry(Integer.toString(i), node(i), 0, false, List.of(), List.of()));
        }
        return nodes;
    }

    private ResourceEntry entry(int number) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("id", resource(number));
        attributes.put("class", "ocf");
        attributes.put("provider", "test");
        attributes.put("type", "Dummy");
        Map<String, String> meta = new LinkedHashMap<>();
        meta.put("priority", Integer.toString(primitives.get(number).priority));
        meta.put("resource-stickiness", Integer.toString(primitives.get(number).stickiness));
        return new ResourceEntry.Primitive(
                resource(number), attributes, sets("meta-" + number, meta), List.of(), List.of(), List.of(), null);
    }

    private List<Constraint> constraints() {
        List<Constraint> all = new ArrayList<>();
        for (Location location : locations) {
            all.add(new Constraint.Location(
                    "c" + all.size(),
                    attributes(
                            "rsc", resource(location.resource), "node", node(location.node), "score", location.score),
                    null,
                    List.of()));
        }
        for (Colocation with : colocations) {
            all.add(new Constraint.Colocation(
                    "c" + all.size(),
                    attributes(
                            "rsc", resource(with.dependent), "with-rsc", resource(with.primary), "score", with.score),
                    List.of()));
        }
        for (Order order : orders) {
            all.add(new Constraint.Order(
                    "c" + all.size(),
                    attributes("first", resource(order.first), "then", resource(order.then), "kind", "Mandatory"),
                    List.of()));
        }
        return all;
    }

    private static Map<String, String> attributes(Object... namesAndValues) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            attributes.put(
                    namesAndValues[i].toString(),
                    value instanceof Integer score ? Text.score(score) : value.toString());
        }
        return attributes;
    }

    private static Map<String, String> state(NodeEntry node) {
        return attributes(
                "id",
                node.id(),
                "uname",
                node.name(),
                "in_ccm",
                "true",
                "crmd",
                "online",
                "join",
                "member",
                "expected",
                "member");
    }

    private List<AttributeSet> transients(NodeEntry node) {
        return standby.get(Integer.parseInt(node.id()))
                ? sets("status-" + node.id(), Map.of("standby", "on"))
                : List.of();
    }

    private static List<AttributeSet> sets(String id, Map<String, String> values) {
        return List.of(new AttributeSet(
                id,
                0,
                null,
                values.entrySet().stream()
                        .map(entry -> new NamedValue(entry.getKey(), entry.getValue()))
                        .toList()));
    }
}
