package dev.ha4j.examples.demo.node;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.ha4j.api.Role;
import dev.ha4j.api.report.NodeReport;
import dev.ha4j.api.report.ResourceReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * What the launcher wants to know of a node.
 *
 * @param node its name
 * @param quorate whether it belongs to a quorum
 * @param members of its ring, by name
 * @param version of the replicated state
 * @param roles nodes on which the leadership is active, by name, with the role
 * @param explanation why things are as they are, in one sentence
 * @param problems what somebody should look after
 * @param counters of the ring
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record NodeStatus(
        String node,
        boolean quorate,
        SortedSet<String> members,
        String version,
        SortedMap<String, Role> roles,
        String explanation,
        List<String> problems,
        Map<String, Long> counters) {

    static NodeStatus of(NodeReport report, String leadership) {
        Optional<ResourceReport> resource = report.resource(leadership);
        return new NodeStatus(
                report.node(),
                report.quorum().quorate(),
                report.ring().members(),
                report.version().toString(),
                resource.map(ResourceReport::active).orElseGet(TreeMap::new),
                report.explanation(),
                report.problems(),
                report.ring().counters());
    }

    /** The name of the node that leads. */
    public Optional<String> leader() {
        return roles.entrySet().stream()
                .filter(entry -> entry.getValue() == Role.PROMOTED)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Whether it runs, and every one of these nodes is a member and stands by or leads. */
    public boolean isSteady(SortedSet<String> nodes) {
        return quorate
                && members.equals(nodes)
                && roles.keySet().equals(nodes)
                && roles.values().stream().filter(Role.PROMOTED::equals).count() == 1
                && roles.values().stream().allMatch(Role::isActive);
    }
}
