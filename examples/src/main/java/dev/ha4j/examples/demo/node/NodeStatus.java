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
 * @param prepared whether it has rehearsed failovers, and gone through its ways to fence others
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
        boolean prepared,
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
                report.rehearsal().isPresent() && pathsUntried(report) == 0,
                report.ring().counters());
    }

    private static long pathsUntried(NodeReport report) {
        long paths = report.fencing().stream()
                .flatMap(device -> device.targets().stream())
                .filter(target -> !target.equals(report.node()))
                .count();
        long tried = report.fencing().stream()
                .mapToLong(device -> device.checks().size())
                .sum();
        return paths - tried;
    }

    /** Whether this node leads. */
    public boolean leads() {
        return roles.get(node) == Role.PROMOTED;
    }

    /** Whether it runs, is prepared, and every one of these nodes is a member and stands by or leads. */
    public boolean isSteady(SortedSet<String> nodes) {
        return quorate
                && prepared
                && members.equals(nodes)
                && roles.keySet().equals(nodes)
                && roles.values().stream().filter(Role.PROMOTED::equals).count() == 1
                && roles.values().stream().allMatch(Role::isActive);
    }
}
