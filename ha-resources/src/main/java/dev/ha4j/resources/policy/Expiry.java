package dev.ha4j.resources.policy;

/** Decides which recorded failures are too old to count, and which fail counts are to be cleared. */
final class Expiry {
    private static final String LAST_FAILURE = "_last_failure_0";

    private final Model model;
    private final FailCounts failCounts;
    private final Digests digests;

    Expiry(Model model, FailCounts failCounts, Digests digests) {
        this.model = model;
        this.failCounts = failCounts;
        this.digests = digests;
    }

    /** Whether the entry has expired; schedules the clearing of its fail count if it is time for that. */
    boolean check(Primitive resource, Node node, HistoryEntry entry) {
        if (entry.rawStatus == HistoryEntry.AGENT_NOT_INSTALLED) {
            return false;
        }
        String reason = null;
        boolean expired = false;
        if (resource.failureTimeoutSeconds > 0 && entry.changedSeconds >= 0) {
            int effective = failCounts.effective(node, resource, entry);
            FailCounts.Count raw = failCounts.raw(node, resource, entry);
            long timeout = resource.failureTimeoutSeconds;
            expired = timeout > 0
                    && model.nowSeconds >= entry.changedSeconds + timeout
                    && !isToBeFencedFirst(resource, entry);
            if (effective > 0 && timeout > 0) {
                model.recheck.at(raw.lastSeconds() + timeout + 1);
            }
            if (expired && raw.count() > 0) {
                if (effective == 0) {
                    reason = "it expired";
                } else {
                    expired = false;
                }
            } else if (expired && resource.reconnectSeconds > 0 && entry.id.endsWith(LAST_FAILURE)) {
                reason = "reconnect interval is set";
            }
        }
        if (!expired && reason == null && parametersChanged(resource, node, entry)) {
            reason = "parameters changed since then";
        }
        if (reason != null) {
            Action clear = model.actions.clearFailcount(resource, node, reason);
            if (resource.reconnectSeconds > 0 && model.options.fencingEnabled) {
                afterFencing(resource, clear);
            }
        }
        return expired && !(entry.isProbe() && isPlainProbeResult(entry.rawRc));
    }

    /** A connection that broke is forgiven only once its node was fenced. */
    private boolean isToBeFencedFirst(Primitive resource, HistoryEntry entry) {
        return resource.reconnectSeconds > 0
                && model.options.fencingEnabled
                && entry.intervalMillis > 0
                && entry.task.equals(Tasks.MONITOR)
                && model.node(resource.id).filter(node -> !node.fencedBefore).isPresent();
    }

    private void afterFencing(Primitive connection, Action clear) {
        model.node(connection.id)
                .ifPresent(node -> Relations.add(
                        model.actions.fence(node, model.options.fencingAction, true, ""),
                        clear,
                        Order.FIRST_IMPLIES_THEN));
    }

    private boolean parametersChanged(Primitive resource, Node node, HistoryEntry entry) {
        if (!entry.id.endsWith(LAST_FAILURE) || !(entry.task.equals(Tasks.START) || entry.task.equals(Tasks.MONITOR))) {
            return false;
        }
        if (digests.dependOnHost(resource)) {
            model.onceAssigned.push(() -> clearIfChanged(resource, node, entry));
            return false;
        }
        return differs(resource, node, entry);
    }

    private void clearIfChanged(Primitive resource, Node node, HistoryEntry entry) {
        if (differs(resource, node, entry)) {
            model.actions.clearFailcount(resource, node, "parameters changed since then");
        }
    }

    private boolean differs(Primitive resource, Node node, HistoryEntry entry) {
        Digests.Verdict verdict = digests.compare(resource, entry, node);
        return verdict == Digests.Verdict.MISMATCH || verdict == Digests.Verdict.RESTART;
    }

    private static boolean isPlainProbeResult(int rc) {
        return rc == 0 || rc == 7 || rc == 8 || rc == 190 || rc == 191;
    }
}
