package dev.ha4j.resources.policy;

/** What becomes of the connection to a remote node. */
enum Connection {
    /** It is up, or will be moved while it is up. */
    ALIVE,
    /** It is to be made anew, elsewhere, before the node can be told anything. */
    RESTING,
    /** It is to be made; whether that succeeds is not known. */
    UNKNOWN,
    /** It is closed and will stay so. */
    STOPPED,
    /** It is lost and can't be made anew: only fencing tells what the node does. */
    FAILED;

    static Connection of(Node node, Primitive connection) {
        Node host = connection.current();
        if (connection.nextRole == Role.STOPPED || connection.assigned == null) {
            return ofUnplaced(node, connection, host != null && host.unclean);
        }
        if (host == null) {
            return UNKNOWN;
        }
        boolean migrates = connection.running.size() > 1
                && connection.migrationSource != null
                && connection.migrationTarget != null;
        return host.unclean || !host.online || migrates ? RESTING : ALIVE;
    }

    private static Connection ofUnplaced(Node node, Primitive connection, boolean hostUnclean) {
        if (hostUnclean) {
            return FAILED;
        }
        if (!connection.failed) {
            return STOPPED;
        }
        boolean retriedLater = connection.nextRole == Role.STOPPED
                && connection.reconnectSeconds > 0
                && node.fencedBefore
                && !node.isAskedToShutDown();
        return retriedLater ? UNKNOWN : FAILED;
    }
}
