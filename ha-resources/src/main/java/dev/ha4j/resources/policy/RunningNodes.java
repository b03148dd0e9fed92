package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.Scores;

/** Notes where resources are active, and what follows at once from being active there. */
final class RunningNodes {
    private final Model model;

    RunningNodes(Model model) {
        this.model = model;
    }

    void add(Resource resource, Node node, boolean failed) {
        if (resource.running.contains(node)) {
            return;
        }
        resource.running.add(node);
        if (resource instanceof Primitive primitive) {
            node.running.add(primitive);
            if (primitive.priority != 0 && !failed) {
                addPriority(node, primitive.priority + (primitive.role == Role.PROMOTED ? 1 : 0));
            }
            if (node.maintenance) {
                resource.managed = false;
                resource.maintenance = true;
            }
        }
        if (!resource.managed) {
            keepThere(resource, node);
            return;
        }
        if (countsAsMultiplyActive(resource)) {
            recoverFromMultiple(resource);
        }
        if (resource.parent != null) {
            add(resource.parent, node, failed);
        }
    }

    /** What runs in a guest makes the nodes more important on which the guest runs. */
    private static void addPriority(Node node, int priority) {
        node.priority += priority;
        if (node.connection != null && node.connection.container != null) {
            node.connection.container.running.forEach(host -> host.priority += priority);
        }
    }

    /** Q: ancestors list the node once more for each unmanaged child that is active there. */
    private void keepThere(Resource resource, Node node) {
        resource.addToTables(node, Scores.INFINITY);
        model.scoreLog.note(resource, "it is not managed, and stays where it is");
        for (Resource up = resource.parent; up != null; up = up.parent) {
            up.running.add(node);
        }
    }

    private static boolean countsAsMultiplyActive(Resource resource) {
        if (!(resource instanceof Primitive primitive)) {
            return false;
        }
        long count = primitive.needsFencing
                ? resource.running.size()
                : resource.running.stream()
                        .filter(node -> node.online && !node.unclean)
                        .count();
        return count > 1;
    }

    private void recoverFromMultiple(Resource resource) {
        switch (resource.multipleActive) {
            case STOP_ONLY -> {
                resource.table = new NodeTable(model.nodes);
                for (Node node : model.nodes) {
                    resource.table.insert(node, -Scores.INFINITY);
                }
            }
            case BLOCK -> block(resource);
            default -> {}
        }
    }

    /** If the group says so too, none of its members is touched. */
    private static void block(Resource resource) {
        resource.managed = false;
        resource.blocked = true;
        Resource parent = resource.parent;
        if (parent instanceof Group && parent.multipleActive == Resource.MultipleActive.BLOCK) {
            parent.children().forEach(child -> {
                child.managed = false;
                child.blocked = true;
            });
        }
    }
}
