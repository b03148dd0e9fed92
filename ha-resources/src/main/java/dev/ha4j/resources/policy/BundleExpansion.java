package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.AttributeSet;
import dev.ha4j.resources.config.AttributeSet.NamedValue;
import dev.ha4j.resources.config.OperationEntry;
import dev.ha4j.resources.config.ResourceEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a bundle stands for. Each replica is a container, an address if the bundle has a range of them, and, if something runs
 * inside, the connection to the node that the container is then. What runs inside is a clone with an instance for each replica.
 * Nobody configures any of these; they follow from the bundle.
 */
public final class BundleExpansion {
    private static final String IMPLIED_MONITOR = "60s";
    private static final int MAX_REPLICAS = 1000;

    private final ResourceEntry.Bundle bundle;
    private final int promotedMax;
    private final int replicas;
    private final List<@Nullable String> addresses = new ArrayList<>();

    private BundleExpansion(ResourceEntry.Bundle bundle) {
        this.bundle = bundle;
        Map<String, String> container = bundle.container();
        promotedMax = Text.atLeast(container.getOrDefault("promoted-max", container.get("masters")), 0, 0);
        replicas = Text.atLeast(container.get("replicas"), Math.max(1, promotedMax), 1);
        if (replicas > MAX_REPLICAS) {
            return;
        }
        String address = bundle.network().get("ip-range-start");
        for (int i = 0; i < replicas; i++) {
            addresses.add(address);
            address = address == null || i == replicas - 1 ? null : after(address);
        }
    }

    static BundleExpansion of(ResourceEntry.Bundle bundle) {
        return new BundleExpansion(bundle);
    }

    /**
     * What one replica is made of.
     *
     * @param name of the node that it is if something runs inside
     */
    record Replica(
            int number,
            String name,
            ResourceEntry.Primitive container,
            ResourceEntry.@Nullable Primitive address,
            ResourceEntry.@Nullable Primitive connection) {}

    /** Why nothing can be made of it; empty if all is well. */
    public static Optional<String> flaw(ResourceEntry.Bundle bundle) {
        ResourceEntry.Primitive child = bundle.child();
        Map<String, String> network = bundle.network();
        String start = network.get("ip-range-start");
        if (child != null && start == null && network.get("control-port") == null) {
            return Optional.of("what runs inside can't be reached without ip-range-start or control-port in <network>");
        }
        BundleExpansion expansion = of(bundle);
        if (expansion.replicas > MAX_REPLICAS) {
            return Optional.of("it has more than " + MAX_REPLICAS + " replicas");
        }
        if (start != null && expansion.replicas > 1 && !isVersion4(start)) {
            return Optional.of("ip-range-start has to be an IPv4 address if there are several replicas");
        }
        if (child != null
                && expansion.promotedMax > 0
                && !ResourceKind.of(child.attributes()).mayBePromotable()) {
            return Optional.of("only an ocf agent can be promoted");
        }
        return Optional.empty();
    }

    /** The nodes that its containers are; none if nothing runs inside. */
    public static List<String> nodes(ResourceEntry.Bundle bundle) {
        if (bundle.child() == null || flaw(bundle).isPresent()) {
            return List.of();
        }
        return of(bundle).replicas().stream().map(Replica::name).toList();
    }

    /** The ids of all resources that it stands for. */
    public static List<String> names(ResourceEntry.Bundle bundle) {
        List<String> names = new ArrayList<>();
        BundleExpansion expansion = of(bundle);
        expansion.replicas().forEach(replica -> {
            names.add(replica.container().id());
            if (replica.address() != null) {
                names.add(replica.address().id());
            }
            if (replica.connection() != null) {
                names.add(replica.connection().id());
            }
        });
        expansion.inside().ifPresent(clone -> names.add(clone.id()));
        return names;
    }

    /** How many replicas may be on one host. Q: without addresses they would share the control port, so only one. */
    int perHost() {
        boolean shared = bundle.child() != null && !hasAddresses();
        return shared ? 1 : perHostAsWritten();
    }

    int perHostAsWritten() {
        return Text.atLeast(bundle.container().get("replicas-per-host"), 1, 1);
    }

    List<Replica> replicas() {
        List<Replica> list = new ArrayList<>();
        for (int i = 0; i < addresses.size(); i++) {
            String name = bundle.id() + '-' + i;
            ResourceEntry.Primitive container = container(i);
            list.add(new Replica(i, name, container, address(i), connection(i, name, container.id())));
        }
        return list;
    }

    /** What runs inside; empty if there is nothing. */
    Optional<ResourceEntry.Clone> inside() {
        ResourceEntry.Primitive child = bundle.child();
        if (child == null) {
            return Optional.empty();
        }
        String id = bundle.id() + (promotedMax > 0 ? "-master" : "-clone");
        List<NamedValue> meta = new ArrayList<>();
        meta.add(new NamedValue("ordered", "true"));
        meta.add(new NamedValue("clone-max", Integer.toString(replicas)));
        meta.add(new NamedValue("clone-node-max", Integer.toString(perHost())));
        meta.add(new NamedValue("globally-unique", Boolean.toString(perHost() > 1)));
        if (promotedMax > 0) {
            meta.add(new NamedValue("promotable", "true"));
            meta.add(new NamedValue("promoted-max", Integer.toString(promotedMax)));
        }
        return Optional.of(new ResourceEntry.Clone(
                id, Map.of("id", id), List.of(new AttributeSet(id + "-meta", 0, null, meta)), List.of(), child));
    }

    // Addresses

    private boolean hasAddresses() {
        return bundle.network().get("ip-range-start") != null;
    }

    private static boolean isVersion4(String address) {
        return address.matches("\\d{1,3}(\\.\\d{1,3}){3}");
    }

    /** Q: after .254 the next network follows, whatever the netmask is. */
    private static @Nullable String after(String address) {
        if (!isVersion4(address)) {
            return null;
        }
        String[] parts = address.split("\\.", -1);
        int last = Integer.parseInt(parts[3]);
        int third = Integer.parseInt(parts[2]);
        if (last > 253) {
            return parts[0] + '.' + parts[1] + '.' + (third + 1) + ".1";
        }
        return parts[0] + '.' + parts[1] + '.' + third + '.' + (last + 1);
    }

    private ResourceEntry.@Nullable Primitive address(int number) {
        String address = addresses.get(number);
        if (address == null) {
            return null;
        }
        List<NamedValue> parameters = new ArrayList<>();
        parameters.add(new NamedValue("ip", address));
        String device = bundle.network().get("host-interface");
        if (device != null) {
            parameters.add(new NamedValue("nic", device));
        }
        parameters.add(new NamedValue("cidr_netmask", bundle.network().getOrDefault("host-netmask", "32")));
        String id = bundle.id() + "-ip-" + address.replace(':', '.');
        return implied(id, "heartbeat", "IPaddr2", List.of(), parameters, IMPLIED_MONITOR, null);
    }

    // Containers

    private ResourceEntry.Primitive container(int number) {
        ContainerOptions options = new ContainerOptions(bundle, addresses);
        List<NamedValue> parameters = new ArrayList<>();
        parameters.add(new NamedValue("image", bundle.container().getOrDefault("image", "")));
        parameters.add(new NamedValue("allow_pull", "true"));
        parameters.add(new NamedValue("force_kill", "false"));
        parameters.add(new NamedValue("reuse", "false"));
        parameters.add(new NamedValue("run_opts", options.of(number)));
        parameters.add(new NamedValue("mount_points", options.folders(number)));
        String command = bundle.container().get("run-command");
        if (bundle.child() != null || command != null) {
            parameters.add(new NamedValue("run_cmd", command == null ? "/usr/sbin/pacemaker-remoted" : command));
        }
        parameters.add(new NamedValue("monitor_cmd", "/bin/true"));
        String id = bundle.id() + '-' + bundle.technology() + '-' + number;
        return implied(id, "heartbeat", bundle.technology(), List.of(), parameters, IMPLIED_MONITOR, null);
    }

    // Connections

    /** Q: without an address it goes to the host of the container, whichever that is by then. */
    private ResourceEntry.@Nullable Primitive connection(int number, String name, String container) {
        if (bundle.child() == null) {
            return null;
        }
        String address = addresses.get(number);
        return implied(
                name,
                "pacemaker",
                "remote",
                List.of(new NamedValue(RemoteNodes.INTERNAL, "true"), new NamedValue(RemoteNodes.CONTAINER, container)),
                List.of(
                        new NamedValue("addr", address == null ? RemoteNodes.HOST_OF_CONTAINER : address),
                        new NamedValue("port", ContainerOptions.controlPort(bundle))),
                "30s",
                "30s");
    }

    private static ResourceEntry.Primitive implied(
            String id,
            String provider,
            String type,
            List<NamedValue> meta,
            List<NamedValue> parameters,
            String interval,
            @Nullable String timeout) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("id", id);
        attributes.put("class", "ocf");
        attributes.put("provider", provider);
        attributes.put("type", type);
        Map<String, String> monitor = new LinkedHashMap<>();
        monitor.put("id", id + "-monitor-interval-" + interval);
        monitor.put("name", Tasks.MONITOR);
        monitor.put("interval", interval);
        if (timeout != null) {
            monitor.put("timeout", timeout);
        }
        return new ResourceEntry.Primitive(
                id,
                attributes,
                meta.isEmpty() ? List.of() : List.of(new AttributeSet(id + "-meta_attributes", 0, null, meta)),
                List.of(new AttributeSet(id + "-instance_attributes", 0, null, parameters)),
                List.of(),
                List.of(new OperationEntry(monitor, List.of(), List.of())),
                null);
    }
}
