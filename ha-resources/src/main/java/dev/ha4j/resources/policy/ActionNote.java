package dev.ha4j.resources.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one action that the scheduler considered for a resource.
 *
 * @param resource name of the instance
 * @param action its name, as in {@code db_start_0}
 * @param fate what became of it
 * @param reason why, where that is known
 * @param waitsFor what is done before it, if it is in the plan; what can't be done, if it is blocked
 */
public record ActionNote(
        String resource,
        String action,
        @Nullable String node,
        Fate fate,
        @Nullable String reason,
        List<String> waitsFor) {

    /** What can become of an action. */
    public enum Fate {
        /** It will be done. */
        PLANNED,
        /** It would have to be done, and can't be. */
        BLOCKED,
        /** Nothing calls for it. */
        NOT_NEEDED
    }
}
