package dev.ha4j.totem.netty;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The multicast groups of this node's links; none, if the ring is carried by unicast. On the loop only. */
final class Groups {

    private final List<Group> groups = new ArrayList<>();

    Collection<Group> all() {
        return groups;
    }

    void become(Collection<Group> others) {
        groups.clear();
        groups.addAll(others);
    }

    /** Sends a batch to each group at most once, when somebody is reached that way. */
    Sending sending(Batch batch, long nowNanos) {
        List<Group> done = new ArrayList<>();
        return link -> {
            for (Group group : groups) {
                if (group.link() == link.number() && link.group().isUp()) {
                    if (!done.contains(group)) {
                        done.add(group);
                        group.send(batch.retained(), nowNanos);
                    }
                    return true;
                }
            }
            return false;
        };
    }

    /** One batch on its way. */
    @FunctionalInterface
    interface Sending {

        /** What is for one peer only. */
        Sending UNICAST = link -> false;

        /** Whether the batch gets to that peer by the link's group. */
        boolean reaches(PeerLink link);
    }
}
