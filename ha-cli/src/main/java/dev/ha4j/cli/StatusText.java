package dev.ha4j.cli;

import dev.ha4j.resources.policy.ClusterView;
import dev.ha4j.resources.policy.ClusterView.Kind;
import dev.ha4j.resources.policy.ClusterView.NodeKind;
import dev.ha4j.resources.policy.ClusterView.NodeView;
import dev.ha4j.resources.policy.ClusterView.ResourceView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The state of a cluster in the layout that operators of Pacemaker know. */
final class StatusText {
    private final ClusterView view;
    private final StringBuilder out;

    private StatusText(ClusterView view, StringBuilder out) {
        this.view = view;
        this.out = out;
    }

    static void write(ClusterView view, StringBuilder out) {
        StatusText text = new StatusText(view, out);
        text.nodes();
        text.resources();
    }

    private void line(int depth, String text) {
        out.append("  ".repeat(depth)).append("* ").append(text).append('\n');
    }

    /** Nodes that are simply there, or not there, share a line; a guest that is down is no node. */
    private void nodes() {
        line(1, "Node List:");
        Map<String, List<String>> lists = new LinkedHashMap<>();
        for (NodeView node : view.nodes()) {
            String kind = kind(node);
            switch (node.state()) {
                case "online" ->
                    lists.computeIfAbsent(kind + "Online", state -> new ArrayList<>())
                            .add(node.name());
                case "OFFLINE" ->
                    lists.computeIfAbsent(kind + "OFFLINE", state -> new ArrayList<>())
                            .add(node.name());
                default -> line(2, kind + "Node " + node.name() + ": " + node.state());
            }
        }
        for (String state : List.of("Online", "OFFLINE", "RemoteOnline", "RemoteOFFLINE", "GuestOnline")) {
            if (lists.containsKey(state)) {
                line(2, state + ": " + list(lists.get(state)));
            }
        }
    }

    private static String kind(NodeView node) {
        return switch (node.kind()) {
            case MEMBER -> "";
            case REMOTE -> "Remote";
            case GUEST, CONTAINER -> "Guest";
        };
    }

    private static String list(Iterable<String> names) {
        return "[ " + String.join(" ", names) + " ]";
    }

    private void resources() {
        out.append('\n');
        line(1, "Full List of Resources:");
        if (view.resources().isEmpty()) {
            line(2, "No resources");
        }
        view.resources().forEach(resource -> resource(2, resource));
    }

    private void resource(int depth, ResourceView resource) {
        switch (resource.kind()) {
            case PRIMITIVE -> {
                if (!resource.removed() || resource.isActive()) {
                    line(depth, primitive(resource));
                }
            }
            case GROUP -> {
                line(depth, "Resource Group: " + resource.shownId() + flags(resource) + ":");
                resource.children().forEach(member -> resource(depth + 1, member));
            }
            case CLONE -> clone(depth, resource);
            case BUNDLE -> bundle(depth, resource);
            case REPLICA -> line(depth, primitive(resource));
        }
    }

    private static String primitive(ResourceView resource) {
        StringBuilder text = new StringBuilder(resource.shownId())
                .append("\t(")
                .append(resource.agent())
                .append("):\t ");
        if (resource.removed()) {
            text.append("REMOVED ");
        }
        if (resource.failed() && resource.isActive()) {
            text.append("FAILED");
            if (resource.role().equals("Promoted")) {
                text.append(' ').append(resource.role());
            }
        } else {
            text.append(resource.role());
        }
        List<String> nodes = resource.nodes();
        if (nodes.size() > 1) {
            text.append(' ').append(list(nodes));
        } else if (!nodes.isEmpty()) {
            text.append(' ').append(nodes.get(0));
        }
        return text.append(flags(resource)).toString();
    }

    private static String flags(ResourceView resource) {
        List<String> flags = resource.flags();
        return flags.isEmpty() ? "" : " (" + String.join(", ", flags) + ")";
    }

    private void bundle(int depth, ResourceView bundle) {
        String kind = bundle.children().size() > 1 ? "Container bundle set: " : "Container bundle: ";
        line(depth, kind + bundle.shownId() + " [" + bundle.agent() + "]" + flags(bundle) + ":");
        bundle.children().forEach(replica -> resource(depth + 1, replica));
    }

    // Clones: instances that are as they should be share a line

    private void clone(int depth, ResourceView clone) {
        String child = clone.children().isEmpty()
                ? ""
                : " [" + withoutInstance(clone.children().get(0).id()) + "]";
        line(depth, "Clone Set: " + clone.shownId() + child + flags(clone) + ":");
        Map<String, List<String>> byRole = new LinkedHashMap<>();
        int told = 0;
        for (ResourceView instance : clone.children()) {
            if (stands(clone, instance)) {
                resource(depth + 1, instance);
            } else if (instance.isActive()) {
                told++;
                byRole.computeIfAbsent(instance.role(), role -> new ArrayList<>())
                        .addAll(nodesOf(instance));
            }
        }
        for (String role : List.of("Promoted", "Unpromoted", "Started")) {
            if (byRole.containsKey(role)) {
                line(depth + 1, role + ": " + list(inOrder(byRole.get(role))));
            }
        }
        stopped(depth + 1, clone, told);
    }

    private static String withoutInstance(String id) {
        return id.replaceFirst(":\\d+$", "");
    }

    private static boolean stands(ResourceView clone, ResourceView instance) {
        if (clone.flags().contains("unique")) {
            return !instance.removed() || instance.isActive();
        }
        if (!instance.isActive()) {
            return false;
        }
        return instance.removed() || anyStands(instance);
    }

    private static boolean anyStands(ResourceView instance) {
        if (instance.kind() == Kind.PRIMITIVE) {
            return instance.failed()
                    || !instance.isActive()
                    || instance.flags().contains("UNCLEAN")
                    || instance.flags().contains("blocked")
                    || instance.flags().contains("unmanaged")
                    || instance.flags().contains("maintenance")
                    || instance.flags().contains("failure ignored")
                    || instance.role().endsWith("ing");
        }
        return instance.children().stream().anyMatch(StatusText::anyStands);
    }

    private static List<String> nodesOf(ResourceView instance) {
        return instance.kind() == Kind.PRIMITIVE
                ? instance.nodes()
                : instance.children().isEmpty()
                        ? List.of()
                        : nodesOf(instance.children().get(0));
    }

    /** Nodes on which no instance is active, if there are instances left that no line has told of. */
    private void stopped(int depth, ResourceView clone, int told) {
        long instances = clone.children().stream()
                .filter(instance -> !instance.removed())
                .count();
        if (told >= instances || clone.flags().contains("unique")) {
            return;
        }
        Set<String> taken = new TreeSet<>();
        clone.children().forEach(instance -> taken.addAll(nodesOf(instance)));
        List<String> nodes = view.nodes().stream()
                .filter(node -> node.kind() != NodeKind.CONTAINER)
                .map(NodeView::name)
                .filter(node -> !taken.contains(node))
                .toList();
        if (!nodes.isEmpty()) {
            String disabled = clone.flags().contains("disabled") ? " (disabled)" : "";
            line(depth, "Stopped" + disabled + ": " + list(nodes));
        }
    }

    private List<String> inOrder(List<String> nodes) {
        return view.nodes().stream().map(NodeView::name).filter(nodes::contains).toList();
    }
}
