package dev.ha4j.resources.policy;

import org.jspecify.annotations.Nullable;

/** Lets nodes back in that were shut out by a fence device; this comes before anything that needs it. */
final class Unfencing {
    private Unfencing() {}

    static Action action(Model model, Node node) {
        return model.actions.fence(node, "on", true, "");
    }

    /** Puts the action behind the unfencing of its node, and requires that if it was never done. */
    static void orderBefore(Model model, Primitive resource, @Nullable Node node, Action action, int flags) {
        boolean concerned = resource.needsUnfencing
                || (resource.isFenceDevice() && model.input.header().unfencing() && model.options.fencingEnabled);
        if (node == null || !concerned) {
            return;
        }
        Relations.add(action(model, node), action, flags);
        String done = node.attributes.get("#node-unfenced");
        if (done == null || done.equals("0")) {
            require(model, node, "required by " + resource.id + " " + action.task);
        }
    }

    private static void require(Model model, Node node, String why) {
        if (model.input.header().unfencing() && node.online && !node.unclean && !node.shuttingDown) {
            model.actions.fence(node, "on", false, why);
        }
    }

    /** A changed fence device has to be told to all nodes. */
    static void requireAfterChange(Model model, Primitive device, @Nullable Node node) {
        if (!device.isFenceDevice()) {
            return;
        }
        String why = "device " + device.id + " changed";
        if (node != null) {
            require(model, node, why);
            return;
        }
        for (Node each : model.nodes) {
            if (device.table.has(each)) {
                require(model, each, why);
            }
        }
    }
}
