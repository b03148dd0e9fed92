package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.Scores;

/** What each resource gets on each node, apart from other resources. The order of the steps matters. */
final class NodeCriteria {
    private final Model model;
    private final FailCounts failCounts;

    NodeCriteria(Model model, FailCounts failCounts) {
        this.model = model;
        this.failCounts = failCounts;
    }

    void run() {
        new ShutdownLocks(model).run();
        model.resources.forEach(resource -> model.scoreLog.note(resource, "shutdown lock"));
        for (int i = model.locations.size() - 1; i >= 0; i--) {
            Location location = model.locations.get(i);
            apply(location, location.resource());
        }
        model.resources.forEach(resource -> resource.forEachLeaf(this::stick));
        for (Node node : model.nodes) {
            for (Resource resource : model.resources) {
                resource.forEachLeaf(leaf -> banAfterFailures(leaf, node));
                banFromUndiscovered(resource, node);
            }
        }
    }

    private void apply(Location location, Resource resource) {
        boolean first = true;
        addScores(location, resource, false);
        model.scoreLog.location(resource, location);
        if (resource instanceof Bundle bundle) {
            applyToBundle(location, bundle);
            return;
        }
        for (Resource child : resource.children()) {
            if (resource instanceof Group group && group.colocated && !first) {
                addScores(location, child, true);
                model.scoreLog.location(child, location);
            } else {
                apply(location, child);
            }
            first = false;
        }
    }

    /** What runs inside only minds where it is promoted. */
    private void applyToBundle(Location location, Bundle bundle) {
        for (Bundle.Replica replica : bundle.replicas) {
            apply(location, replica.container());
            if (replica.address() != null) {
                apply(location, replica.address());
            }
        }
        if (bundle.inside != null && location.role() == Role.PROMOTED) {
            apply(location, bundle.inside);
            bundle.inside.locations.add(0, location);
        }
    }

    /** Q: a location of a colocated group counts for the first member only, but brings its nodes into all their tables. */
    private static void addScores(Location location, Resource resource, boolean nodesOnly) {
        if (location.role() != Role.UNKNOWN && location.role() != resource.nextRole) {
            return;
        }
        for (Location.Entry entry : location.entries()) {
            Node node = entry.node();
            int score = nodesOnly ? 0 : entry.score();
            if (resource.table.has(node)) {
                resource.table.add(node, score);
            } else {
                resource.table.insert(node, score);
            }
            byte probe = resource.table.probe[node.index];
            resource.table.probe[node.index] = (byte) Math.max(probe, location.probe());
        }
        if (location.probe() == NodeTable.PROBE_EXCLUSIVE) {
            resource.exclusiveDiscovery = true;
        }
    }

    private void stick(Primitive leaf) {
        if (!leaf.managed || leaf.stickiness < 1 || leaf.running.size() != 1) {
            return;
        }
        Node node = leaf.running.get(0);
        if (model.options.symmetric || leaf.table.has(node)) {
            leaf.addToTables(node, leaf.stickiness);
            model.scoreLog.note(leaf, "stickiness: it is active there");
        }
    }

    private void banAfterFailures(Primitive leaf, Node node) {
        if (leaf.migrationThreshold == 0 || leaf.failureIgnored) {
            return;
        }
        if (!Actions.findExactly(leaf, Tasks.CLEAR_FAILCOUNT, 0, node).isEmpty()) {
            return;
        }
        int count = failCounts.effectiveWithLaunched(node, leaf);
        if (count > 0 && count >= leaf.migrationThreshold) {
            leaf.topIfAnonymous().ban(node);
            leaf.bannedByFailures.add(node);
            model.scoreLog.failures(leaf, node, count);
        }
    }

    private void banFromUndiscovered(Resource resource, Node node) {
        resource.children().forEach(child -> banFromUndiscovered(child, node));
        boolean exclusive = resource.exclusiveDiscovery || resource.top().exclusiveDiscovery;
        NodeTable table = resource.table;
        if (exclusive && table.has(node) && table.probe[node.index] != NodeTable.PROBE_EXCLUSIVE) {
            table.score[node.index] = -Scores.INFINITY;
            model.scoreLog.note(resource, "resource-discovery is exclusive to other nodes");
        }
    }
}
