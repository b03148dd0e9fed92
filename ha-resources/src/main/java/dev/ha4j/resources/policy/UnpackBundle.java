package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.ResourceEntry;
import dev.ha4j.resources.config.Scores;
import dev.ha4j.resources.policy.UnpackResources.Chain;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes bundles, with all that they stand for. */
final class UnpackBundle {
    /** What an instance gets in its own container. */
    private static final int INSIDE = 500;

    private final Model model;
    private final UnpackResources unpack;

    UnpackBundle(Model model, UnpackResources unpack) {
        this.model = model;
        this.unpack = unpack;
    }

    @Nullable
    Bundle make(ResourceEntry.Bundle entry) {
        if (BundleExpansion.flaw(entry).isPresent()) {
            return null;
        }
        BundleExpansion parts = BundleExpansion.of(entry);
        Map<String, String> meta = unpack.meta(entry, ResourceKind.of(entry.attributes()), Chain.NONE);
        Bundle bundle = new Bundle(
                entry.id(),
                meta,
                new NodeTable(model.nodes),
                parts.perHost(),
                entry.container().getOrDefault("image", ""));
        unpack.common(bundle);
        bundle.unique = parts.perHostAsWritten() > 1;
        Chain below = Chain.NONE.with(entry.meta(), meta);
        parts.inside().ifPresent(inside -> bundle.inside = unpack.clone(inside, bundle, below));
        parts.replicas().forEach(replica -> add(replica, bundle, below));
        return bundle;
    }

    private void add(BundleExpansion.Replica parts, Bundle bundle, Chain below) {
        Primitive container = part(parts.container(), bundle, below);
        Primitive address = parts.address() == null ? null : part(parts.address(), bundle, below);
        CloneResource clone = bundle.inside;
        if (clone == null || parts.connection() == null) {
            bundle.replicas.add(new Bundle.Replica(parts.number(), container, address, null, null, null));
            return;
        }
        Primitive inside = (Primitive) clone.instances.get(parts.number());
        Node node = model.node(parts.name()).orElseThrow();
        node.late = false;
        Primitive connection = part(parts.connection(), bundle, below);
        clone.notify |= inside.notify;
        container.utilization.putAll(inside.utilization);
        inside.utilization.clear();
        keepInside(inside, clone, node);
        bundle.replicas.add(new Bundle.Replica(parts.number(), container, address, connection, inside, node));
    }

    private Primitive part(ResourceEntry.Primitive entry, Bundle bundle, Chain below) {
        return unpack.primitive(entry, bundle, entry.id(), below);
    }

    /** Each instance can only be in its own container. */
    private void keepInside(Primitive inside, CloneResource clone, Node node) {
        inside.exclusiveDiscovery = true;
        inside.table = new NodeTable(model.nodes);
        inside.table.insert(node, INSIDE);
        inside.table.probe[node.index] = NodeTable.PROBE_EXCLUSIVE;
        clone.table.insert(node, -Scores.INFINITY);
        clone.table.probe[node.index] = NodeTable.PROBE_EXCLUSIVE;
    }
}
