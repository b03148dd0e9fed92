package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.Status.NodeStatus;
import org.jspecify.annotations.Nullable;

/** Decides from its connection, and from what launches it, whether a remote or guest node is there. */
final class RemoteStatus {
    private final Model model;

    RemoteStatus(Model model) {
        this.model = model;
    }

    /** Whether what happened on the node can be read: where it was is known by then. */
    boolean isKnown(Node node) {
        Primitive connection = node.connection;
        if (connection == null) {
            return false;
        }
        Primitive launcher = connection.container;
        if (launcher != null) {
            return connection.role == Role.STARTED && launcher.role == Role.STARTED;
        }
        return connection.role == Role.STARTED || model.options.shutdownLock;
    }

    void determine(Node node) {
        Primitive connection = node.connection;
        if (connection == null) {
            node.online = false;
            return;
        }
        Primitive launcher = connection.container;
        if (connection.role == Role.STARTED) {
            node.online = true;
            node.shuttingDown |= connection.nextRole == Role.STOPPED;
        }
        if (launcher != null && launcher.failed) {
            node.online = false;
            node.requiresReset = true;
        } else if (connection.failed) {
            node.online = false;
        } else if (connection.role == Role.STOPPED || (launcher != null && launcher.role == Role.STOPPED)) {
            node.online = false;
            node.requiresReset = false;
        } else if (launcher != null && isLost(onlyHost(connection))) {
            node.online = false;
            node.requiresReset = true;
        }
    }

    private static @Nullable Node onlyHost(Primitive connection) {
        return connection.running.size() == 1 ? connection.running.get(0) : null;
    }

    private static boolean isLost(@Nullable Node host) {
        return host != null && !host.online && host.unclean;
    }

    /** What the node's state says besides: its attributes, and what follows from them. */
    void read(Node node, NodeStatus state) {
        if (!node.requiresReset) {
            node.unclean = false;
            node.unseen = false;
        }
        node.toldMaintenance = Text.integer(state.get("node_in_maintenance"), 0) != 0;
        String cluster = model.options.clusterName();
        UnpackNodes.describe(node, cluster);
        node.attributes.putAll(model.sets.read(state.transientAttributes(), RuleInput.on(node)));
        UnpackNodes.nameSite(node.attributes, cluster);
        node.shuttingDown |= node.isAskedToShutDown();
        node.standby |= Text.isTrue(node.attributes.get("standby"));
        boolean untouched = node.connection != null && !node.connection.managed;
        node.maintenance |= untouched || Text.isTrue(node.attributes.get("maintenance"));
        String discovery = node.attributes.get("resource-discovery-enabled");
        boolean blind = discovery != null && !Text.isTrue(discovery);
        node.discoveryOff |= blind && (node.isGuest() || model.options.fencingEnabled);
    }

    /** Once all is read: nodes that leave take their connections with them, and those that said nothing are looked at. */
    void conclude() {
        for (Node node : model.nodes) {
            if (!node.remote) {
                continue;
            }
            if (node.shuttingDown && node.connection != null) {
                node.connection.nextRole = Role.STOPPED;
            }
            if (!node.historyRead) {
                determine(node);
            }
        }
    }
}
