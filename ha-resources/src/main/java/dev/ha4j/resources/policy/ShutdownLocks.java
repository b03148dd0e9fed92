package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.Scores;

/** Keeps resources for the node that they ran on when it was shut down. */
final class ShutdownLocks {
    private final Model model;

    ShutdownLocks(Model model) {
        this.model = model;
    }

    void run() {
        if (!model.options.shutdownLock) {
            return;
        }
        for (Resource resource : model.resources) {
            if (resource instanceof Primitive || resource instanceof Group) {
                resource.forEachLeaf(this::lock);
            }
        }
    }

    static void clearHistory(Model model, Primitive resource, Node node) {
        Action delete = model.actions.get(resource, Tasks.LRM_DELETE, node, false);
        delete.onCoordinator = true;
        delete.runnable = true;
    }

    private void lock(Primitive resource) {
        if (resource.isFenceDevice() || resource.kind.isRemoteConnection()) {
            return;
        }
        if (resource.lockNode != null && resource.isActive()) {
            clearHistory(model, resource, resource.lockNode);
            resource.lockNode = null;
            resource.lockSeconds = 0;
        }
        if (resource.lockNode == null && resource.running.size() == 1) {
            Node node = resource.running.get(0);
            if (node.shuttingDown && !node.unclean) {
                long since = Text.integer(node.attributes.get("shutdown"), 0);
                resource.lockNode = node;
                resource.lockSeconds = since > 0 ? since : model.nowSeconds;
            }
        }
        Node locked = resource.lockNode;
        if (locked == null) {
            return;
        }
        if (model.options.shutdownLockLimitSeconds > 0) {
            model.recheck.at(resource.lockSeconds + model.options.shutdownLockLimitSeconds + 1);
        }
        for (Node node : model.nodes) {
            if (node != locked) {
                resource.table.add(node, -Scores.INFINITY);
            }
        }
    }
}
