package dev.ha4j.api.config;

import dev.ha4j.api.NodeId;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A node as configured.
 *
 * @param id number
 * @param name unique in the cluster
 * @param votes what it counts in the quorum ({@code quorum_votes}; default 1)
 * @param links one address per link, 1 to 8
 * @param attributes for rules in location constraints
 * @param capacity how much of what it has ({@code utilization} of a node); counts with a {@link PlacementStrategy} other than the default
 */
public record NodeSpec(
        NodeId id,
        String name,
        int votes,
        List<LinkAddress> links,
        SortedMap<String, String> attributes,
        SortedMap<String, Integer> capacity) {

    public static final int MAX_LINKS = 8;

    public NodeSpec {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        links = List.copyOf(links);
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
        capacity = Collections.unmodifiableSortedMap(new TreeMap<>(capacity));
    }

    public static NodeSpec of(int id, String name, String... addresses) {
        List<LinkAddress> links =
                Arrays.stream(addresses).map(LinkAddress::parse).toList();
        return new NodeSpec(NodeId.of(id), name, 1, links, new TreeMap<>(), new TreeMap<>());
    }

    public NodeSpec votes(int newVotes) {
        return new NodeSpec(id, name, newVotes, links, attributes, capacity);
    }

    public NodeSpec attribute(String key, String value) {
        TreeMap<String, String> all = new TreeMap<>(attributes);
        all.put(key, value);
        return new NodeSpec(id, name, votes, links, all, capacity);
    }

    /** How much it has of something that resources need, in units of your choice: {@code capacity("memoryMiB", 8_192)}. */
    public NodeSpec capacity(String what, int amount) {
        TreeMap<String, Integer> all = new TreeMap<>(capacity);
        all.put(what, amount);
        return new NodeSpec(id, name, votes, links, attributes, all);
    }
}
