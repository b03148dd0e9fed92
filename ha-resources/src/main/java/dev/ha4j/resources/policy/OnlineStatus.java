package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.Scores;
import dev.ha4j.resources.config.Status.NodeStatus;
import org.jspecify.annotations.Nullable;

/** Decides from what the membership and the peers say whether a node is there, is coming, or has to be fenced. */
final class OnlineStatus {
    private final Model model;
    private final Node node;
    private final NodeStatus state;

    private final long memberSince;
    private final long onlineSince;
    private final boolean shutdownRequested;
    private final boolean expectedUp;
    private final String join;

    OnlineStatus(Model model, Node node, NodeStatus state) {
        this.model = model;
        this.node = node;
        this.state = state;
        memberSince = memberSince(state.get("in_ccm"));
        onlineSince = onlineSince(state.get("crmd"));
        String shutdown = node.attributes.get("shutdown");
        shutdownRequested = shutdown != null && !shutdown.equals("0");
        join = state.get("join") == null ? "" : state.get("join");
        expectedUp = !shutdownRequested && "member".equals(state.get("expected"));
    }

    private long memberSince(@Nullable String text) {
        var truth = Text.truth(text);
        if (text != null && Scores.parseLong(text).isPresent() && !text.equals("1")) {
            return Text.integer(text, -1);
        }
        if (truth.isPresent()) {
            return truth.get() ? model.nowSeconds : 0;
        }
        return -1;
    }

    private static long onlineSince(@Nullable String text) {
        if (text == null || text.equals("offline")) {
            return 0;
        }
        return text.equals("online") ? 1 : Text.integer(text, 0);
    }

    void determine() {
        node.shuttingDown = shutdownRequested;
        node.online = model.options.fencingEnabled ? withFencing() : withoutFencing();
        if (!node.online || node.shuttingDown) {
            UnpackStatus.lowerBaseScore(node);
        }
    }

    private boolean withoutFencing() {
        if (memberSince > 0 && onlineSince > 0) {
            return join.equals("member");
        }
        if (memberSince > 0 && expectedUp) {
            fence("peer is unexpectedly down");
        }
        return false;
    }

    private boolean withFencing() {
        boolean online = memberSince > 0;
        String expected = state.get("expected");
        boolean present = memberSince > 0 || onlineSince > 0;
        if (shutdownRequested) {
            online = onlineSince > 0;
        } else if (memberSince < 0) {
            fence("peer has not been seen by the cluster");
            online = false;
        } else if (join.equals("banned")) {
            fence("peer was banned");
        } else if (terminates()) {
            if (memberSince <= 0 && onlineSince <= 0 && join.equals("down")) {
                return false;
            }
            fence("fencing was requested");
        } else if (expected == null || expected.equals("down")) {
            if (pendingForTooLong()) {
                fence("peer pending timed out on joining the process group");
            } else if (present) {
                pending();
            }
        } else if (memberSince <= 0) {
            fence("peer is no longer part of the cluster");
        } else if (onlineSince <= 0) {
            fence("peer process is no longer available");
        } else if (join.equals("pending") || join.equals("down")) {
            pending();
        } else if (!join.equals("member")) {
            fence("peer was in an unknown state");
        }
        return online;
    }

    private boolean terminates() {
        String text = node.attributes.get("terminate");
        return text != null && (Text.isTrue(text) || Text.integer(text, 0) > 0);
    }

    private boolean pendingForTooLong() {
        long timeout = model.options.nodePendingTimeoutSeconds;
        if (timeout <= 0 || memberSince <= 0 || onlineSince > 0) {
            return false;
        }
        if (model.nowSeconds >= memberSince + timeout) {
            return true;
        }
        model.recheck.at(memberSince + timeout);
        return false;
    }

    private void pending() {
        node.standby = true;
        node.pending = true;
    }

    private void fence(String why) {
        model.actions.markForFencing(node, why);
    }
}
