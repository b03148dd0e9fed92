package dev.ha4j.corosync.knet;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.LinkPolicy;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the nodes share.
 *
 * @param nodes all that are configured
 * @param links by number
 * @param policy which links are used
 * @param fragmentBytes of a frame in one packet
 */
public record KnetSettings(SortedSet<NodeId> nodes, List<LinkSettings> links, LinkPolicy policy, int fragmentBytes) {

    public KnetSettings {
        nodes = Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
        links = List.copyOf(links);
    }
}
