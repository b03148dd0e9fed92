package dev.ha4j.corosync;

import dev.ha4j.api.NodeId;
import java.util.Comparator;

/**
 * A process in a group.
 *
 * @param node that it runs on
 * @param pid its process id there; unsigned, as the process's node sees it
 */
public record CpgMember(NodeId node, int pid) implements Comparable<CpgMember> {

    private static final Comparator<CpgMember> ORDER =
            Comparator.comparing(CpgMember::node).thenComparing(CpgMember::pid, Integer::compareUnsigned);

    @Override
    public int compareTo(CpgMember other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return node + ":" + Integer.toUnsignedString(pid);
    }
}
