package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.AttributeSet;
import dev.ha4j.resources.config.AttributeSet.NamedValue;
import dev.ha4j.resources.config.OperationEntry;
import dev.ha4j.resources.config.ResourceEntry;
import dev.ha4j.resources.config.Status.NodeStatus;
import dev.ha4j.resources.config.Status.ResourceHistory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Nodes that take part through a connection, which is a resource with the node's name. A remote node has a configured connection; a
 * guest node is what a resource such as a virtual machine turns into while it runs, and its connection is implied by that resource; so is
 * that of a bundle's container with something inside.
 */
final class RemoteNodes {
    /** Marks a connection that nobody configured. */
    static final String INTERNAL = "internal_rsc";

    static final String CONTAINER = "container";

    /** Stands for an address that is known once the container has a host. */
    static final String HOST_OF_CONTAINER = "#uname";

    private RemoteNodes() {}

    /** The connections to guest nodes, which resources imply by the meta attribute {@code remote-node}. */
    static List<ResourceEntry.Primitive> guestConnections(List<ResourceEntry> resources) {
        List<ResourceEntry.Primitive> connections = new ArrayList<>();
        for (ResourceEntry entry : resources) {
            if (entry instanceof ResourceEntry.Primitive primitive) {
                addGuest(primitive, connections);
            } else if (entry instanceof ResourceEntry.Group group) {
                group.members().forEach(member -> addGuest(member, connections));
            }
        }
        return connections;
    }

    private static void addGuest(ResourceEntry.Primitive launcher, List<ResourceEntry.Primitive> connections) {
        Map<String, String> written = new LinkedHashMap<>();
        for (AttributeSet set : launcher.meta()) {
            set.entries().forEach(entry -> written.put(entry.name(), entry.value()));
        }
        if (!isConnection(launcher) && written.containsKey("remote-node")) {
            connections.add(guestConnection(launcher.id(), written));
        }
    }

    /** Q: rules of the launcher's sets don't count here. */
    private static ResourceEntry.Primitive guestConnection(String launcher, Map<String, String> written) {
        String name = written.getOrDefault("remote-node", "");
        List<NamedValue> meta = new ArrayList<>();
        meta.add(new NamedValue(INTERNAL, "true"));
        meta.add(new NamedValue(CONTAINER, launcher));
        copy(written, "remote-allow-migrate", "allow-migrate", meta);
        copy(written, "is-managed", "is-managed", meta);
        List<NamedValue> parameters = new ArrayList<>();
        copy(written, "remote-addr", "addr", parameters);
        copy(written, "remote-port", "port", parameters);
        String patience = written.getOrDefault("remote-connect-timeout", "60s");
        return new ResourceEntry.Primitive(
                name,
                attributes("id", name, "class", "ocf", "provider", "pacemaker", "type", "remote"),
                List.of(new AttributeSet(name + "-meta_attributes", 0, null, meta)),
                parameters.isEmpty()
                        ? List.of()
                        : List.of(new AttributeSet(name + "-instance_attributes", 0, null, parameters)),
                List.of(),
                List.of(operation(name, "monitor", "30s", "30s"), operation(name, "start", "0", patience)),
                null);
    }

    private static void copy(Map<String, String> from, String name, String as, List<NamedValue> to) {
        String value = from.get(name);
        if (value != null) {
            to.add(new NamedValue(as, value));
        }
    }

    private static OperationEntry operation(String resource, String task, String interval, String timeout) {
        return new OperationEntry(
                attributes(
                        "id",
                        resource + '-' + task + "-interval-" + interval,
                        "name",
                        task,
                        "interval",
                        interval,
                        "timeout",
                        timeout),
                List.of(),
                List.of());
    }

    private static Map<String, String> attributes(String... namesAndValues) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            attributes.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return attributes;
    }

    /** Names of the nodes that the configuration implies, in its order. */
    static Set<String> implied(List<ResourceEntry> resources) {
        Set<String> names = new LinkedHashSet<>();
        for (ResourceEntry entry : resources) {
            if (entry instanceof ResourceEntry.Primitive primitive && isConnection(primitive)) {
                names.add(primitive.id());
            }
        }
        guestConnections(resources).forEach(connection -> names.add(connection.id()));
        return names;
    }

    /** Names of the nodes that the containers of bundles are. */
    static List<String> containers(List<ResourceEntry> resources) {
        List<String> names = new ArrayList<>();
        for (ResourceEntry entry : resources) {
            if (entry instanceof ResourceEntry.Bundle bundle) {
                names.addAll(BundleExpansion.nodes(bundle));
            }
        }
        return names;
    }

    private static boolean isConnection(ResourceEntry.Primitive primitive) {
        return ResourceKind.of(primitive.attributes()).isRemoteConnection();
    }

    /** Names of connections that ran somewhere, whether they are configured or not. */
    static Set<String> recorded(List<NodeStatus> states) {
        Set<String> names = new LinkedHashSet<>();
        for (NodeStatus state : states) {
            for (ResourceHistory history : state.resources()) {
                if (history.isOfRemoteConnection()) {
                    names.add(history.id());
                }
            }
        }
        return names;
    }

    /** Links resources with what launches them, and nodes with their connections. */
    static void link(Model model) {
        for (Primitive leaf : model.leaves()) {
            String container = leaf.meta.get(CONTAINER);
            if (container != null && model.find(container) instanceof Primitive launcher && launcher != leaf) {
                launch(launcher, leaf);
            }
        }
        for (Primitive leaf : model.leaves()) {
            connect(model, leaf);
        }
    }

    static void launch(Primitive launcher, Primitive launched) {
        launched.container = launcher;
        launcher.launched.add(launched);
    }

    /** Q: a remote node counts as unseen until its connection is up, a guest node never has to be fenced for that. */
    static void connect(Model model, Primitive resource) {
        if (!resource.kind.isRemoteConnection()) {
            return;
        }
        model.node(resource.id).filter(node -> node.remote).ifPresent(node -> {
            node.connection = resource;
            if (resource.container == null) {
                node.unclean = model.options.startupFencing;
            } else {
                node.attributes.put("#kind", "container");
            }
        });
    }
}
