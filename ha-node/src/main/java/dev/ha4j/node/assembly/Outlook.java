package dev.ha4j.node.assembly;

import dev.ha4j.api.state.ClusterState;
import dev.ha4j.resources.Blockage;
import dev.ha4j.resources.Scheduler;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a plan for the present state would find in its way. It is made once for each state, however often somebody asks. */
final class Outlook {

    private final Scheduler scheduler = new Scheduler();
    private volatile @Nullable Seen last;

    private record Seen(ClusterState state, List<Blockage> blocked) {

        /** Compares no contents: they are large, and the version says nothing of quorum. */
        boolean isOf(Object other) {
            return other == state;
        }
    }

    List<Blockage> blocked(ClusterState state) {
        Seen seen = last;
        if (seen == null || !seen.isOf(state)) {
            Instant now = Instant.ofEpochMilli(state.wallMillis());
            seen = new Seen(state, scheduler.plan(state, now).blocked());
            last = seen;
        }
        return seen.blocked;
    }
}
