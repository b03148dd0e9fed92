package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.Scores;
import dev.ha4j.resources.config.Status.NodeStatus;
import dev.ha4j.resources.config.Status.ResourceHistory;
import java.util.Map;

/** What was observed: tickets, states of nodes, and what was done with resources on them. */
final class UnpackStatus {
    private final Model model;
    private final HistoryMapping mapping;
    private final HistoryReplay.Status parts;
    private final RemoteStatus remotes;

    UnpackStatus(Model model, UnpackResources unpack, Operations operations, FailCounts failCounts, Digests digests) {
        this.model = model;
        mapping = new HistoryMapping(model, unpack);
        remotes = new RemoteStatus(model);
        RunningNodes runningNodes = new RunningNodes(model);
        parts = new HistoryReplay.Status(
                operations,
                new Expiry(model, failCounts, digests),
                runningNodes,
                new MigrationHistory(model, runningNodes));
    }

    void run() {
        model.input.status().tickets().forEach(this::ticket);
        model.input.status().nodes().forEach(this::nodeState);
        histories();
        model.containersToStop.forEach(this::stop);
        remotes.conclude();
        model.forgetUnknownNodes();
    }

    private void stop(Primitive container) {
        Node host = container.current();
        if (host != null) {
            model.actions.get(container, Tasks.STOP, host, false);
        }
    }

    private void ticket(String name, Map<String, String> attributes) {
        model.tickets.put(
                name,
                new TicketConstraint.Ticket(
                        name, Text.isTrue(attributes.get("granted")), Text.isTrue(attributes.get("standby"))));
    }

    private void nodeState(NodeStatus state) {
        Node node = find(state);
        if (node == null) {
            return;
        }
        if (node.remote) {
            node.fencedBefore = Text.integer(state.get("node_fenced"), 0) != 0;
            return;
        }
        node.attributes.putAll(model.sets.read(state.transientAttributes(), RuleInput.on(node)));
        model.sets
                .read(state.transientUtilization(), RuleInput.on(node))
                .forEach((name, value) -> node.utilization.putIfAbsent(name, (int) Text.integer(value, 0)));
        node.unclean = false;
        node.unseen = false;
        node.standby = node.standby || Text.isTrue(node.attributes.get("standby"));
        node.maintenance = node.maintenance || Text.isTrue(node.attributes.get("maintenance"));
        new OnlineStatus(model, node, state).determine();
        if (node.online && !model.quorate && model.options.quorumPolicy == Options.QuorumPolicy.FENCE) {
            model.actions.markForFencing(node, "cluster does not have quorum");
        }
    }

    private @org.jspecify.annotations.Nullable Node find(NodeStatus state) {
        String id = state.get("id");
        for (Node node : model.nodes) {
            if (node.id.equalsIgnoreCase(id)) {
                return node;
            }
        }
        return model.node(state.get("uname")).orElse(null);
    }

    /**
     * Nodes go first of which it is known that they are there, so that they get the lower numbers of anonymous instances. What is
     * known of remote nodes follows from what was read before, so each pass may make another worthwhile.
     */
    private void histories() {
        boolean progress = true;
        while (progress) {
            progress = pass(false) && model.hasRemoteNodes;
        }
        if (model.options.fencingEnabled) {
            pass(true);
        }
    }

    private boolean pass(boolean all) {
        boolean progress = false;
        for (NodeStatus state : model.input.status().nodes()) {
            Node node = model.node(state.get("uname")).orElse(null);
            if (node != null && !node.late && !node.historyRead && (all || isTurn(node))) {
                node.historyRead = true;
                history(state, node);
                progress = true;
            }
        }
        return progress;
    }

    private boolean isTurn(Node node) {
        return node.remote
                ? remotes.isKnown(node)
                : node.online || model.options.fencingEnabled || model.options.shutdownLock;
    }

    private void history(NodeStatus state, Node node) {
        if (node.remote) {
            remotes.determine(node);
            remotes.read(node, state);
        }
        resources(state, node);
        if (model.hasRemoteNodes) {
            attachRemovedGuests(state);
        }
    }

    /** The history says what launched a connection that is not configured any more. */
    private void attachRemovedGuests(NodeStatus state) {
        for (ResourceHistory history : state.resources()) {
            String container = history.get(RemoteNodes.CONTAINER);
            if (container != null
                    && model.find(container) instanceof Primitive launcher
                    && model.find(history.id()) instanceof Primitive launched
                    && launched.launchedOnce
                    && launched.container == null) {
                RemoteNodes.launch(launcher, launched);
            }
        }
    }

    private void resources(NodeStatus state, Node node) {
        for (ResourceHistory history : state.resources()) {
            if (history.id().isEmpty()) {
                continue;
            }
            if (history.operations().isEmpty()) {
                if (model.options.shutdownLock && model.find(history.id()) instanceof Primitive primitive) {
                    shutdownLock(history, primitive, node);
                }
                continue;
            }
            Primitive resource = mapping.find(history, node);
            if (model.options.shutdownLock) {
                shutdownLock(history, resource, node);
            }
            new HistoryReplay(model, parts, resource, node, history.operations()).run();
        }
    }

    private void shutdownLock(ResourceHistory history, Primitive resource, Node node) {
        long since = Text.integer(history.get("shutdown-lock"), 0);
        if (since == 0) {
            return;
        }
        long limit = model.options.shutdownLockLimitSeconds;
        if (limit > 0 && model.nowSeconds > since + limit) {
            ShutdownLocks.clearHistory(model, resource, node);
        } else {
            resource.lockNode = node;
            resource.lockSeconds = since;
        }
    }

    /** A node that is down keeps its score in the tables that are there, but not in those that are made from now on. */
    static void lowerBaseScore(Node node) {
        node.score = -Scores.INFINITY;
    }
}
