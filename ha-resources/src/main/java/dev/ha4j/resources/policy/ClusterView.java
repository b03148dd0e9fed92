package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.PolicyInput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a configuration and its status say about nodes and resources, before anything is decided.
 *
 * @param nodes in the natural order of their names
 * @param resources those of higher priority first, removed ones at the end
 */
public record ClusterView(List<NodeView> nodes, List<ResourceView> resources) {

    /**
     * A node.
     *
     * @param kind how it takes part
     * @param state in Pacemaker's words, such as {@code online}, {@code OFFLINE}, {@code UNCLEAN (offline)}, {@code standby}
     */
    public record NodeView(String name, NodeKind kind, String state, boolean online, boolean clean) {}

    /** How a node takes part. */
    public enum NodeKind {
        MEMBER,
        /** Through a connection that is configured. */
        REMOTE,
        /** Through a connection that a resource implies, which launches it. */
        GUEST,
        /** The same, and it is a container of a bundle that takes nothing but what is configured inside. */
        CONTAINER
    }

    /** Kinds of resources. */
    public enum Kind {
        PRIMITIVE,
        GROUP,
        CLONE,
        BUNDLE,
        /** A container of a bundle, with its address, its connection and what runs inside. */
        REPLICA
    }

    /**
     * A resource, or an instance of a clone.
     *
     * @param id unique; instances of clones end with a colon and a number
     * @param shownId the name that people know: a primitive in an anonymous clone has no number
     * @param agent class, provider and type, separated by colons; the image of a bundle, empty for other collectives
     * @param role {@code Stopped}, {@code Started}, {@code Unpromoted}, {@code Promoted}, {@code Starting} or {@code Migrating}
     * @param nodes where it is active, in the order of the record; where it is starting, or locked to, if it is not active
     * @param flags such as {@code disabled}, {@code unmanaged}, {@code blocked}, {@code UNCLEAN}
     * @param failed whether it has to be recovered
     * @param removed whether it is active, or was, although it is not configured
     * @param children members of a group, instances of a clone, replicas of a bundle and their parts
     */
    public record ResourceView(
            String id,
            String shownId,
            Kind kind,
            String agent,
            String role,
            List<String> nodes,
            List<String> flags,
            boolean failed,
            boolean removed,
            List<ResourceView> children) {

        /** Whether it, or anything in it, is active somewhere. */
        public boolean isActive() {
            return kind == Kind.PRIMITIVE
                    ? !nodes.isEmpty() && !role.equals("Stopped")
                    : children.stream().anyMatch(ResourceView::isActive);
        }
    }

    /** Reads the status. The result depends on its arguments alone. */
    public static ClusterView of(PolicyInput input, Instant now) {
        Model model = PolicyEngine.unpacked(input, now);
        List<ResourceView> resources = new ArrayList<>();
        for (Resource resource : model.resources) {
            if (!(resource instanceof Primitive leaf && leaf.isHidden())) {
                resources.add(view(model, resource));
            }
        }
        List<NodeView> nodes = new ArrayList<>();
        for (Node node : model.nodes) {
            nodes.add(new NodeView(node.name, kind(node), state(model, node), node.online, !node.unclean));
        }
        return new ClusterView(List.copyOf(nodes), List.copyOf(resources));
    }

    private static NodeKind kind(Node node) {
        if (node.closed) {
            return NodeKind.CONTAINER;
        }
        return node.isGuest() ? NodeKind.GUEST : node.remote ? NodeKind.REMOTE : NodeKind.MEMBER;
    }

    static String state(Model model, Node node) {
        if (node.unclean) {
            return "UNCLEAN (" + (node.pending ? "pending" : node.online ? "online" : "offline") + ")";
        }
        if (node.pending) {
            return "pending";
        }
        if (node.standby) {
            return !node.online
                    ? "OFFLINE (standby)"
                    : node.running.isEmpty() ? "standby" : "standby (with active resources)";
        }
        if (node.maintenance) {
            return node.online ? "maintenance" : "OFFLINE (maintenance)";
        }
        return node.online ? "online" + health(model, node) : "OFFLINE";
    }

    private static String health(Model model, Node node) {
        if (model.options.healthStrategy == Options.HealthStrategy.NONE) {
            return "";
        }
        List<String> values = node.attributes.entrySet().stream()
                .filter(attribute -> attribute.getKey().startsWith("#health"))
                .map(Map.Entry::getValue)
                .map(value -> value.toUpperCase(Locale.ROOT))
                .toList();
        return values.contains("RED") ? " (health is RED)" : values.contains("YELLOW") ? " (health is YELLOW)" : "";
    }

    private static ResourceView view(Model model, Bundle bundle) {
        return new ResourceView(
                bundle.id,
                bundle.id,
                Kind.BUNDLE,
                bundle.image,
                bundle.containers().stream()
                        .map(container -> container.role)
                        .max(Role::compareTo)
                        .map(role -> role == Role.UNKNOWN ? Role.STOPPED : role)
                        .orElse(Role.STOPPED)
                        .toString(),
                nodes(bundle),
                flags(bundle),
                bundle.failed,
                false,
                bundle.replicas.stream()
                        .map(replica -> view(model, bundle, replica))
                        .toList());
    }

    /** A replica is shown as what runs inside, and where its container is. */
    private static ResourceView view(Model model, Bundle bundle, Bundle.Replica replica) {
        Primitive container = replica.container();
        Primitive shown = replica.inside() == null ? container : replica.inside();
        Primitive named = replica.connection() == null ? container : replica.connection();
        String address = replica.address() == null
                ? ""
                : " (" + replica.address().parameters(model.sets, null).get("ip") + ")";
        Node host = container.current();
        List<String> flags = new ArrayList<>(flags(shown));
        if (host != null && !host.online && host.unclean && !flags.contains("UNCLEAN")) {
            flags.add(0, "UNCLEAN");
        }
        return new ResourceView(
                bundle.id + "[" + replica.number() + "]",
                named.id + address,
                Kind.REPLICA,
                agent(shown.kind),
                role(shown),
                host == null ? List.of() : List.of(host.name),
                List.copyOf(flags),
                shown.failed,
                false,
                replica.parts().stream().map(part -> view(model, part)).toList());
    }

    private static ResourceView view(Model model, Resource resource) {
        if (resource instanceof Bundle bundle) {
            return view(model, bundle);
        }
        List<Resource> children = new ArrayList<>(resource.children());
        if (resource instanceof CloneResource) {
            children.sort(Comparator.comparingInt(CloneResource::number));
        }
        Kind kind =
                resource instanceof Primitive ? Kind.PRIMITIVE : resource instanceof Group ? Kind.GROUP : Kind.CLONE;
        String agent = resource instanceof Primitive leaf ? agent(leaf.kind) : "";
        return new ResourceView(
                resource.id,
                resource.unique || kind != Kind.PRIMITIVE ? resource.id : resource.baseId,
                kind,
                agent,
                role(resource),
                nodes(resource),
                flags(resource),
                resource.failed,
                resource.removed,
                children.stream().map(child -> view(model, child)).toList());
    }

    /** Where it is active, else where it is about to be, or has to be. */
    private static List<String> nodes(Resource resource) {
        Node other =
                resource instanceof Primitive leaf ? leaf.pendingNode != null ? leaf.pendingNode : leaf.lockNode : null;
        return resource.running.isEmpty() && other != null
                ? List.of(other.name)
                : resource.running.stream().map(node -> node.name).distinct().toList();
    }

    private static String agent(ResourceKind kind) {
        String provider = kind.provider() == null ? "" : ":" + kind.provider();
        return kind.standard() + provider + ":" + kind.type();
    }

    private static String role(Resource resource) {
        if (resource instanceof Primitive leaf && leaf.pendingTask != null) {
            switch (leaf.pendingTask) {
                case Tasks.START -> {
                    return "Starting";
                }
                case Tasks.MIGRATE_TO, Tasks.MIGRATE_FROM -> {
                    return "Migrating";
                }
                case Tasks.STOP -> {
                    return "Stopping";
                }
                case Tasks.PROMOTE -> {
                    return "Promoting";
                }
                case Tasks.DEMOTE -> {
                    return "Demoting";
                }
                default -> {}
            }
        }
        Role role = resource instanceof Primitive ? resource.role : resource.highestRole(true);
        boolean promotable = resource.top().promotable;
        return (role == Role.STARTED && promotable ? Role.UNPROMOTED : role == Role.UNKNOWN ? Role.STOPPED : role)
                .toString();
    }

    private static List<String> flags(Resource resource) {
        List<String> flags = new ArrayList<>();
        if (resource instanceof CloneResource clone) {
            add(flags, "promotable", clone.promotable);
            add(flags, "unique", clone.unique);
        }
        add(flags, "unique", resource instanceof Bundle && resource.unique);
        boolean leaf = resource instanceof Primitive;
        add(flags, "UNCLEAN", leaf && resource.running.stream().anyMatch(node -> !node.online && node.unclean));
        add(flags, "LOCKED", resource instanceof Primitive primitive && primitive.lockNode != null);
        TargetRole.of(resource).ifPresent(asked -> add(flags, isDisabled(asked), true));
        add(flags, "blocked", leaf && resource.blocked);
        add(
                flags,
                resource.maintenance ? "maintenance" : "unmanaged",
                !resource.managed && !(leaf && resource.blocked));
        add(flags, "failure ignored", leaf && resource.failureIgnored);
        return List.copyOf(flags);
    }

    private static String isDisabled(Role asked) {
        return asked == Role.STOPPED ? "disabled" : "target-role:" + asked;
    }

    private static void add(List<String> flags, String flag, boolean holds) {
        if (holds) {
            flags.add(flag);
        }
    }
}
