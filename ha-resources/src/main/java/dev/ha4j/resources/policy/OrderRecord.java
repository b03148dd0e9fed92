package dev.ha4j.resources.policy;

import org.jspecify.annotations.Nullable;

/** An ordering between actions that may not exist yet. Either side is an action, or a resource and a task. */
record OrderRecord(
        @Nullable Resource firstResource,
        String firstTask,
        @Nullable Action firstAction,
        @Nullable Resource thenResource,
        String thenTask,
        @Nullable Action thenAction,
        int flags) {}
