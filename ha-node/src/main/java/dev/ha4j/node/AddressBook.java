package dev.ha4j.node;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.LinkAddress;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.totem.netty.AddressSource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Has a source for each address of the configuration. A source remembers which of a name's addresses is in use, so the same address
 * keeps its source. From any thread.
 */
final class AddressBook {

    private final Function<LinkAddress, AddressSource> sources;
    private final Map<LinkAddress, AddressSource> known = new ConcurrentHashMap<>();

    AddressBook(Function<LinkAddress, AddressSource> sources) {
        this.sources = sources;
    }

    SortedMap<NodeId, List<AddressSource>> of(Collection<NodeSpec> nodes) {
        TreeMap<NodeId, List<AddressSource>> all = new TreeMap<>();
        for (NodeSpec node : nodes) {
            all.put(node.id(), node.links().stream().map(this::source).toList());
        }
        return all;
    }

    private AddressSource source(LinkAddress link) {
        return known.computeIfAbsent(link, added -> new LateSource(added, sources));
    }

    /** Nodes change on the controller's loop; what belongs to the user is called where addresses are asked for. */
    private static final class LateSource implements AddressSource {

        private final LinkAddress link;
        private final Function<LinkAddress, AddressSource> sources;
        private volatile @Nullable AddressSource made;

        LateSource(LinkAddress link, Function<LinkAddress, AddressSource> sources) {
            this.link = link;
            this.sources = sources;
        }

        @Override
        public InetSocketAddress address() throws IOException {
            AddressSource source = made;
            if (source == null) {
                source = Objects.requireNonNull(sources.apply(link), () -> "there is no source for " + link);
                made = source;
            }
            return source.address();
        }

        @Override
        public boolean isFixed() {
            AddressSource source = made;
            return source != null && source.isFixed();
        }
    }
}
