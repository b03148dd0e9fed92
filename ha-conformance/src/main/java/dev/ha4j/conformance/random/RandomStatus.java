package dev.ha4j.conformance.random;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Nodes that are there, away, coming or lost, and what they did. */
final class RandomStatus {
    private final Dice dice;
    private final Xml status;
    private final List<String> nodes;

    /** With the containers that are nodes. */
    private final List<String> everywhere;

    private final int members;
    private final RandomResources resources;
    private final RandomRemotes remotes;
    private final RandomBundles bundles;
    private final boolean fencing;
    private final boolean calm;

    /** Nodes from this index on are remote. */
    RandomStatus(
            Dice dice,
            Xml status,
            List<String> nodes,
            int members,
            RandomResources resources,
            RandomRemotes remotes,
            RandomBundles bundles,
            boolean fencing) {
        this.dice = dice;
        this.status = status;
        this.nodes = nodes;
        this.members = members;
        this.resources = resources;
        this.remotes = remotes;
        this.bundles = bundles;
        everywhere = new ArrayList<>(nodes);
        everywhere.addAll(bundles.inside().keySet());
        this.fencing = fencing;
        this.calm = dice.oneIn(3);
    }

    void make() {
        Map<String, Set<Integer>> places = places();
        addConnections(places);
        bundles.place(places, nodes);
        for (int i = 0; i < members; i++) {
            node(i, places);
        }
        for (int i = members; i < everywhere.size(); i++) {
            remote(i, places);
        }
        if (dice.oneIn(2)) {
            Xml tickets = status.add("tickets");
            tickets.add("ticket_state", "id", "ticket1", "granted", dice.pick("true", "false"));
        }
    }

    /** Where each primitive is active: where it belongs, mostly. */
    private Map<String, Set<Integer>> places() {
        Map<String, Set<Integer>> places = new LinkedHashMap<>();
        for (RandomResources.Unit unit : resources.units()) {
            boolean running = !dice.oneIn(3);
            int place = dice.between(0, nodes.size() - 1);
            for (RandomResources.Primitive primitive : unit.primitives()) {
                Set<Integer> on = new LinkedHashSet<>();
                for (int node = 0; node < nodes.size(); node++) {
                    boolean here = (unit.cloned() && !unit.unique()) ? !dice.oneIn(4) : node == place;
                    boolean astray = !unit.cloned() && !calm && dice.oneIn(25);
                    if ((running && here && !dice.oneIn(8)) || astray) {
                        on.add(node);
                    }
                }
                places.put(primitive.id(), on);
            }
        }
        return places;
    }

    /** A guest and its connection are mostly in one place. */
    private void addConnections(Map<String, Set<Integer>> places) {
        Set<Integer> on = Set.of();
        for (RandomResources.Unit unit : remotes.units()) {
            boolean follows = unit.id().startsWith("guest") && !dice.oneIn(6);
            if (!follows) {
                on = dice.oneIn(3) ? Set.of() : Set.of(dice.between(0, members - 1));
            }
            places.put(unit.id(), on);
        }
    }

    private void remote(int index, Map<String, Set<Integer>> places) {
        String name = everywhere.get(index);
        boolean connected = !places.getOrDefault(name, Set.of()).isEmpty();
        if (connected ? dice.oneIn(10) : !dice.oneIn(3)) {
            return;
        }
        Xml state = status.add("node_state", "id", name, "uname", name, "remote_node", "true");
        if (!calm && dice.oneIn(4)) {
            state.with("node_fenced", dice.pick("1", "0"));
        }
        Map<String, String> attributes = new LinkedHashMap<>();
        if (!calm && dice.oneIn(15)) {
            attributes.put(dice.pick("standby", "maintenance"), "true");
        }
        record(state, index, name, places, attributes);
    }

    private void node(int index, Map<String, Set<Integer>> places) {
        int kind = calm ? 0 : dice.between(0, 11);
        if (kind == 11) {
            return;
        }
        Xml state = status.add("node_state", "id", Integer.toString(index + 1), "uname", nodes.get(index));
        switch (kind) {
            case 8 -> membership(state, "false", "offline", "down", "down");
            case 9 -> membership(state, "false", "offline", "down", "member");
            case 10 ->
                membership(state, "true", dice.pick("online", "offline"), dice.pick("pending", "down"), "member");
            default -> membership(state, "true", "online", "member", "member");
        }
        boolean online = kind < 8;
        Map<String, String> attributes = new LinkedHashMap<>();
        if (!calm && dice.oneIn(20)) {
            attributes.put("shutdown", "1699999999");
        }
        if (!calm && fencing && dice.oneIn(40)) {
            attributes.put("terminate", "true");
        }
        boolean told = online || dice.oneIn(2);
        record(state, index, Integer.toString(index + 1), told ? places : Map.of(), attributes);
    }

    /** What was done there, and the attributes that come with that. */
    private void record(
            Xml state, int index, String id, Map<String, Set<Integer>> places, Map<String, String> attributes) {
        Xml transients = state.add("transient_attributes", "id", id);
        Xml lrm = new Xml("lrm", "id", id);
        Xml list = lrm.add("lrm_resources");
        if (!places.isEmpty()) {
            history(new RandomHistory(dice, list, everywhere, index, attributes, calm), index, places);
        }
        transients.addSet("instance_attributes", "status-" + id, attributes);
        if (transients.children.isEmpty()) {
            state.children.remove(transients);
        }
        state.add(lrm);
    }

    private void history(RandomHistory history, int index, Map<String, Set<Integer>> places) {
        for (RandomResources.Unit unit : unitsOn(index)) {
            boolean promoted = unit.promotable() && dice.oneIn(3);
            for (RandomResources.Primitive primitive : unit.primitives()) {
                history.make(
                        primitive, places.getOrDefault(primitive.id(), Set.of()).contains(index), promoted);
            }
        }
        if (!calm && dice.oneIn(25)) {
            RandomResources.Primitive gone = new RandomResources.Primitive("gone", false, true, false, List.of());
            history.make(gone, dice.oneIn(2), false);
        }
    }

    private List<RandomResources.Unit> unitsOn(int index) {
        if (index >= nodes.size()) {
            return Stream.ofNullable(bundles.inside().get(everywhere.get(index)))
                    .toList();
        }
        boolean member = index < members;
        List<RandomResources.Unit> units = new ArrayList<>(member ? remotes.units() : List.of());
        units.addAll(member ? bundles.parts() : List.of());
        resources.units().stream()
                .filter(unit -> member || !unit.id().equals("Fencing"))
                .forEach(units::add);
        return units;
    }

    private static void membership(Xml state, String member, String process, String join, String expected) {
        state.with("in_ccm", member).with("crmd", process).with("join", join).with("expected", expected);
    }
}
