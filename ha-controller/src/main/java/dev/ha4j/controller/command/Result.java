package dev.ha4j.controller.command;

import dev.ha4j.api.state.ClusterState;
import java.util.List;

/** What became of a command. */
public sealed interface Result {

    /** The state has moved on by one index. */
    record Applied(ClusterState state, List<Effect> effects) implements Result {
        public Applied {
            effects = List.copyOf(effects);
        }
    }

    /** The state has not changed. All members refuse alike. */
    record Refused(String reason, List<Effect> effects) implements Result {
        public Refused {
            effects = List.copyOf(effects);
        }
    }

    static Result refused(String reason) {
        return new Refused(reason, List.of());
    }
}
