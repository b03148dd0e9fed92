package dev.ha4j.benchmarks.scheduler;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A made-up cluster of any size, the same for the same seed, as CIB XML. Of the primitives about a third is in groups of three.
 * Every third unit prefers two nodes; every fifth is colocated with an earlier one and starts after it; every eleventh keeps away
 * from an earlier one; every seventh starts after an earlier one if both start.
 */
final class SyntheticCluster {
    private static final int SEED = 1;
    private static final int REACH_UNITS = 20;

    private final Random random = new Random(SEED);
    private final int nodeCount;
    final List<Unit> units = new ArrayList<>();
    final List<Pair> together = new ArrayList<>();
    final List<Pair> apart = new ArrayList<>();
    final List<Pair> after = new ArrayList<>();

    /** A group, or a primitive alone. */
    static final class Unit {
        final String id;
        final List<String> primitives;
        final List<Integer> preferred = new ArrayList<>();
        int place;

        Unit(String id, List<String> primitives) {
            this.id = id;
            this.primitives = primitives;
        }
    }

    /** The one is placed or started by the other. */
    record Pair(Unit unit, Unit other, String score) {}

    SyntheticCluster(int nodeCount, int primitiveCount) {
        this.nodeCount = nodeCount;
        for (int k = 0; k < primitiveCount; ) {
            int size = random.nextInt(8) == 0 && k + 3 <= primitiveCount ? 3 : 1;
            List<String> primitives = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                primitives.add(name("rsc", 5, k + i));
            }
            units.add(new Unit(size == 1 ? primitives.get(0) : name("grp", 5, k), primitives));
            k += size;
        }
        constrain();
        place();
    }

    private static String name(String kind, int digits, int number) {
        return kind
                + ("0".repeat(digits) + number)
                        .substring(Integer.toString(number).length());
    }

    private void constrain() {
        for (int i = 0; i < units.size(); i++) {
            Unit unit = units.get(i);
            if (i % 3 == 0) {
                int first = random.nextInt(nodeCount);
                unit.preferred.add(first);
                unit.preferred.add((first + 1 + random.nextInt(nodeCount - 1)) % nodeCount);
            }
            if (i % 5 == 4) {
                together.add(new Pair(unit, earlier(i), random.nextBoolean() ? "INFINITY" : "500"));
            } else if (i % 11 == 10) {
                apart.add(new Pair(unit, earlier(i), "-INFINITY"));
            }
            if (i % 7 == 6) {
                after.add(new Pair(unit, earlier(i), ""));
            }
        }
    }

    private Unit earlier(int i) {
        int reach = Math.min(i, REACH_UNITS);
        return units.get(i - 1 - random.nextInt(reach));
    }

    /** Where everything runs if it runs: no constraint is broken. */
    private void place() {
        int[] load = new int[nodeCount];
        for (Unit unit : units) {
            unit.place = together.stream()
                    .filter(pair -> pair.unit() == unit)
                    .map(pair -> pair.other().place)
                    .findFirst()
                    .orElseGet(() -> leastLoaded(unit, load));
            load[unit.place] += unit.primitives.size();
        }
    }

    private int leastLoaded(Unit unit, int[] load) {
        List<Integer> forbidden = apart.stream()
                .filter(pair -> pair.unit() == unit)
                .map(pair -> pair.other().place)
                .toList();
        int best = -1;
        for (int node = 0; node < nodeCount; node++) {
            boolean wished = unit.preferred.isEmpty() || unit.preferred.contains(node);
            boolean better = best < 0 || load[node] < load[best];
            if (wished && better && !forbidden.contains(node)) {
                best = node;
            }
        }
        return Math.max(best, 0);
    }

    /** What is known of the resources. */
    enum History {
        /** Nothing: all is to be probed, then started. */
        FRESH,
        /** That nothing runs: all is to be started. */
        STOPPED,
        /** That all runs where it should: nothing is to be done. */
        STEADY
    }

    int nodeCount() {
        return nodeCount;
    }

    String nodeName(int node) {
        return name("node", 3, node + 1);
    }

    /** A primitive about in the middle of the list. */
    String somePrimitive() {
        return units.get(units.size() / 2).primitives.get(0);
    }

    /** The node on which it runs, if all runs. */
    int placeOf(String primitive) {
        return units.stream()
                .filter(unit -> unit.primitives.contains(primitive))
                .mapToInt(unit -> unit.place)
                .findFirst()
                .orElseThrow();
    }

    List<String> primitives() {
        return units.stream().flatMap(unit -> unit.primitives.stream()).toList();
    }

    /**
     * Writes it.
     *
     * @param failed the one primitive whose monitor has failed; empty for none
     */
    String xml(History history, String failed) {
        StringBuilder xml = new StringBuilder();
        xml.append("<cib validate-with=\"pacemaker-3.7\" crm_feature_set=\"3.16.1\" epoch=\"1\" num_updates=\"1\"")
                .append(" admin_epoch=\"0\" have-quorum=\"1\" dc-uuid=\"1\" execution-date=\"1700000000\">\n")
                .append("<configuration>\n<crm_config><cluster_property_set id=\"options\">")
                .append("<nvpair id=\"options-1\" name=\"stonith-enabled\" value=\"true\"/>")
                .append("<nvpair id=\"options-2\" name=\"no-quorum-policy\" value=\"stop\"/>")
                .append("</cluster_property_set></crm_config>\n<nodes>\n");
        for (int node = 0; node < nodeCount; node++) {
            xml.append("<node id=\"%d\" uname=\"%s\"/>\n".formatted(node + 1, nodeName(node)));
        }
        xml.append("</nodes>\n");
        resources(xml);
        constraints(xml);
        xml.append("<rsc_defaults><meta_attributes id=\"defaults\">")
                .append("<nvpair id=\"defaults-1\" name=\"resource-stickiness\" value=\"100\"/>")
                .append("</meta_attributes></rsc_defaults>\n</configuration>\n<status>\n");
        for (int node = 0; node < nodeCount; node++) {
            new SyntheticHistory(xml, nodeName(node), history, failed).node(node + 1, places(), node);
        }
        return xml.append("</status>\n</cib>\n").toString();
    }

    private List<SyntheticHistory.Place> places() {
        List<SyntheticHistory.Place> places = new ArrayList<>();
        units.forEach(
                unit -> unit.primitives.forEach(id -> places.add(new SyntheticHistory.Place(id, unit.place, false))));
        places.add(new SyntheticHistory.Place("Fencing", nodeCount - 1, true));
        return places;
    }

    private void resources(StringBuilder xml) {
        xml.append("<resources>\n<primitive id=\"Fencing\" class=\"stonith\" type=\"fence_xvm\"><operations>")
                .append("<op id=\"Fencing-m\" name=\"monitor\" interval=\"120s\" timeout=\"120s\"/>")
                .append("</operations></primitive>\n");
        for (Unit unit : units) {
            boolean group = unit.primitives.size() > 1;
            xml.append(group ? "<group id=\"" + unit.id + "\">\n" : "");
            for (String id : unit.primitives) {
                xml.append("<primitive id=\"%1$s\" class=\"ocf\" provider=\"pacemaker\" type=\"Dummy\"><operations>"
                                .formatted(id))
                        .append("<op id=\"%s-m\" name=\"monitor\" interval=\"10s\" timeout=\"20s\"/>".formatted(id))
                        .append("</operations></primitive>\n");
            }
            xml.append(group ? "</group>\n" : "");
        }
        xml.append("</resources>\n");
    }

    private void constraints(StringBuilder xml) {
        xml.append("<constraints>\n");
        for (Unit unit : units) {
            for (int i = 0; i < unit.preferred.size(); i++) {
                xml.append("<rsc_location id=\"loc-%1$s-%2$d\" rsc=\"%1$s\" node=\"%3$s\" score=\"%4$d\"/>\n"
                        .formatted(unit.id, i, nodeName(unit.preferred.get(i)), 80 - 30 * i));
            }
        }
        for (List<Pair> pairs : List.of(together, apart)) {
            pairs.forEach(pair ->
                    xml.append("<rsc_colocation id=\"with-%1$s\" rsc=\"%1$s\" with-rsc=\"%2$s\" score=\"%3$s\"/>\n"
                            .formatted(pair.unit().id, pair.other().id, pair.score())));
        }
        together.forEach(pair -> order(xml, pair, "Mandatory"));
        after.forEach(pair -> order(xml, pair, "Optional"));
        xml.append("</constraints>\n");
    }

    private static void order(StringBuilder xml, Pair pair, String kind) {
        xml.append("<rsc_order id=\"%3$s-%1$s\" first=\"%2$s\" then=\"%1$s\" kind=\"%3$s\"/>\n"
                .formatted(pair.unit().id, pair.other().id, kind));
    }
}
