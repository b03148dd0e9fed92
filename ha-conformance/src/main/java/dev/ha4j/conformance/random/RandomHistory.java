package dev.ha4j.conformance.random;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one node did with its resources, as its executor would have recorded it. */
final class RandomHistory {
    private static final String UUID = "00000000-0000-0000-0000-000000000000";

    private final Dice dice;
    private final Xml list;
    private final List<String> nodes;
    private final int node;
    private final Map<String, String> attributes;
    private final boolean calm;
    private int call = 1;
    private Map<String, String> parameters = Map.of();

    RandomHistory(Dice dice, Xml list, List<String> nodes, int node, Map<String, String> attributes, boolean calm) {
        this.dice = dice;
        this.list = list;
        this.nodes = nodes;
        this.node = node;
        this.attributes = attributes;
        this.calm = calm;
    }

    void make(RandomResources.Primitive primitive, boolean active, boolean promoted) {
        if (!active && dice.oneIn(5)) {
            return;
        }
        String id =
                primitive.unique() && primitive.inClone() ? primitive.id() + ":" + dice.between(0, 2) : primitive.id();
        Xml resource = id.equals("Fencing")
                ? list.add("lrm_resource", "id", id, "class", "stonith", "type", "fence_xvm")
                : list.add(
                        "lrm_resource",
                        "id",
                        id,
                        "class",
                        "ocf",
                        "provider",
                        primitive.agent().provider(),
                        "type",
                        primitive.agent().type());
        parameters = primitive.agent().parameters();
        if (active) {
            active(resource, id, primitive, promoted);
        } else {
            inactive(resource, id, primitive);
        }
        if (primitive.promotable() && !dice.oneIn(4)) {
            attributes.put("master-" + id, Integer.toString(dice.pick(-1, 5, 10, 10, 100)));
        }
    }

    private void inactive(Xml resource, String id, RandomResources.Primitive primitive) {
        int kind = calm ? 0 : dice.between(0, 15);
        switch (kind) {
            case 10 -> {
                op(resource, id, "last", "start", 0, 0, 0, 0);
                op(resource, id, "last", "stop", 0, 0, 0, 0);
            }
            case 11 -> failed(resource, id, "start", 0, dice.pick(1, 5, 6, 7));
            case 12 -> op(resource, id, "last", "monitor", 0, 7, dice.pick(5, 2, 1), 0);
            case 13 -> pending(resource, id, dice.pick("start", "monitor"));
            case 14 -> {
                if (primitive.promotable()) {
                    op(resource, id, "last", "stop", 0, 0, 0, 0);
                } else {
                    op(resource, id, "last", "monitor", 0, 7, 7, 0);
                }
            }
            default -> op(resource, id, "last", "monitor", 0, 7, 7, 0);
        }
    }

    private void active(Xml resource, String id, RandomResources.Primitive primitive, boolean promoted) {
        int kind = calm ? 0 : dice.between(0, 19);
        switch (kind) {
            case 13 -> op(resource, id, "last", "monitor", 0, 7, promoted ? 8 : 0, 0);
            case 14 -> {
                op(resource, id, "last", "start", 0, 0, 0, 0);
                failed(resource, id, "stop", 0, 1);
            }
            case 15 -> {
                op(resource, id, "last", "start", 0, 0, 0, 0);
                pending(resource, id, "stop");
            }
            case 16 -> failed(resource, id, "start", 0, 1);
            case 17 -> migrated(resource, id);
            default -> {
                op(resource, id, "last", "start", 0, 0, 0, 0);
                if (promoted) {
                    op(resource, id, "last", "promote", 0, 0, 0, 0);
                }
                recurring(resource, id, primitive, promoted, kind >= 18);
            }
        }
    }

    private void recurring(
            Xml resource, String id, RandomResources.Primitive primitive, boolean promoted, boolean fails) {
        for (RandomResources.Operation operation : primitive.operations()) {
            boolean fits = promoted == operation.role().equals("Promoted")
                    && !operation.role().equals("Stopped");
            if (fits && !dice.oneIn(8)) {
                int expected = promoted ? 8 : 0;
                op(
                        resource,
                        id,
                        "",
                        "monitor",
                        operation.intervalMillis(),
                        expected,
                        expected,
                        operation.timeoutMillis());
                if (fails) {
                    int rc = promoted ? dice.pick(1, 7, 9, 0) : dice.pick(1, 7);
                    Xml failure = op(
                            resource,
                            id,
                            "last_failure",
                            "monitor",
                            operation.intervalMillis(),
                            expected,
                            rc,
                            operation.timeoutMillis());
                    failure.with("last-rc-change", RandomCluster.NOW_SECONDS - dice.pick(10, 100, 10_000));
                    count(id, "monitor", operation.intervalMillis());
                }
            }
        }
    }

    private void failed(Xml resource, String id, String task, int interval, int rc) {
        Xml last = op(resource, id, "last", task, interval, 0, rc, 0)
                .with("last-rc-change", RandomCluster.NOW_SECONDS - dice.pick(10, 100, 10_000));
        if (dice.oneIn(4)) {
            last.with("op-status", "2").with("rc-code", "198");
        }
        Xml failure = resource.add("lrm_rsc_op");
        failure.attributes.putAll(last.attributes);
        failure.with("id", id + "_last_failure_0");
        count(id, task, interval);
    }

    private void count(String id, String task, int interval) {
        if (!dice.oneIn(4)) {
            String operation = id + "#" + task + "_" + interval;
            attributes.put("fail-count-" + operation, dice.pick("1", "2", "INFINITY"));
            attributes.put(
                    "last-failure-" + operation, Long.toString(RandomCluster.NOW_SECONDS - dice.pick(10, 100, 10_000)));
        }
    }

    private void pending(Xml resource, String id, String task) {
        Xml op = op(resource, id, "last", task, 0, task.equals("monitor") ? 7 : 0, 193, 0);
        op.with("op-status", "-1")
                .with("call-id", "-1")
                .with("transition-magic", "-1:193;" + op.attributes.get("transition-key"));
    }

    private void migrated(Xml resource, String id) {
        int other = (node + dice.between(1, nodes.size() - 1)) % nodes.size();
        boolean from = dice.oneIn(2);
        Xml op = op(resource, id, "last", from ? "migrate_from" : "migrate_to", 0, 0, dice.pick(0, 0, 1), 0);
        op.with("migrate_source", nodes.get(from ? other : node))
                .with("migrate_target", nodes.get(from ? node : other));
    }

    /** Records one operation. */
    private Xml op(
            Xml resource, String id, String kind, String task, int interval, int expected, int rc, int timeoutMillis) {
        String suffix = kind.isEmpty() ? task + "_" + interval : kind + "_0";
        resource.children.removeIf(older -> (id + "_" + suffix).equals(older.attributes.get("id")));
        String key = call + ":1:" + expected + ":" + UUID;
        int status = rc == expected || (task.equals("monitor") && interval == 0 && (rc == 0 || rc == 8)) ? 0 : 4;
        return resource.add("lrm_rsc_op", "id", id + "_" + suffix)
                .with("operation_key", id + "_" + task + "_" + interval)
                .with("operation", task)
                .with("crm_feature_set", "3.16.1")
                .with("transition-key", key)
                .with("transition-magic", status + ":" + rc + ";" + key)
                .with("on_node", nodes.get(node))
                .with("call-id", call++)
                .with("rc-code", rc)
                .with("op-status", status)
                .with("interval", interval)
                .with("op-digest", digest(interval == 0 ? 0 : timeoutMillis))
                .with("last-rc-change", RandomCluster.NOW_SECONDS - 5000 + call);
    }

    private String digest(int timeoutMillis) {
        Map<String, String> all = new TreeMap<>(parameters);
        if (timeoutMillis != 0) {
            all.put("CRM_meta_timeout", Integer.toString(timeoutMillis));
        }
        StringBuilder written = new StringBuilder();
        all.forEach((name, value) ->
                written.append(' ').append(name).append("=\"").append(value).append('"'));
        try {
            byte[] text = (" <parameters" + written + "/>\n").getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has MD5", e);
        }
    }
}
