package dev.ha4j.testkit.check;

/** The dark corners: what has to happen sometimes, so that a green run is known to have been there. */
enum Point {
    TRANSITIONAL_OF_SEVERAL("a transitional configuration of several members"),
    MERGE_OF_SEVERAL("two or more rings merge"),
    MERGE_OF_THREE("three or more rings merge"),
    OLD_MESSAGES_REPEATED("a recovery repeats messages of the old ring"),
    DELIVERED_IN_TRANSITIONAL("a message is delivered in a transitional configuration"),
    SAFE_DELIVERED("a message is delivered as safe"),
    MESSAGE_GIVEN_UP("a submission ends as indeterminate"),
    COMMIT_TOKEN_LOST("a ring is given up while it forms"),
    TOKEN_LOST("a ring loses its token"),
    RING_AFTER_RESTART("a restarted node joins a ring"),
    RING_AFTER_BLACKOUT("the first ring after all nodes were down"),
    COMMANDS_GIVEN_UP(Scope.SWARM, "a node gives up commands of an older epoch, and has fewer then"),
    DISK_LOST(Scope.SWARM, "a node starts with an empty disk"),
    DISK_TORN("a node starts from a disk with torn writes, and joins"),
    QUORUM_LOST("a node loses the quorum"),
    QUORUM_LOST_LEADING("a node that leads loses the quorum"),
    QUORUM_LOST_PROMOTING("a node loses the quorum while it takes a role"),
    WAITING_FOR_ALL("a majority waits for all"),
    WITNESS_DECIDES("a ring becomes quorate by the witness's vote"),
    WITNESS_TOO_LATE("the witness's vote is not used, for others may have had it"),
    VOTERS_CHANGED("the voters are changed"),
    VOTERS_CHANGED_LATER("a change of the voters is completed in a later epoch"),
    VOTERS_CHANGING_QUORATE("an epoch opens while the voters are being changed"),
    VOTERS_CHANGING_INQUORATE("a quorum by one rule waits, for the voters are being changed"),
    VOTER_MISSED("the last men standing no longer expect a node"),
    VOTER_LEFT("a node that leaves is no longer expected"),
    VOTER_EXPECTED_AGAIN("a node that is back is expected again"),
    QUORATE_FOR_FEWER("a ring is quorate for fewer nodes are expected"),
    TIE_BREAKER_LOST(Scope.QUORUM, "half of the votes waits, for the node that breaks ties is lost"),
    VOTE_LATE(Scope.QUORUM, "the witness's vote comes when a ring has waited for a second"),
    VOTE_FOR_AN_OLD_RING(Scope.QUORUM, "the witness's vote for an old ring is heard in a new one"),
    DEVICE_FLAPS(Scope.QUORUM, "the witness's vote comes and goes three times within a minute"),
    DEVICE_KEPT(Scope.QUORUM, "a quorum device that has votes is not replaced"),
    DEVICE_REPLACED(Scope.QUORUM, "a running node gets another quorum device"),
    ARBITERS_DIFFER(Scope.QUORUM, "nodes of a ring ask two arbiters"),
    DEVICE_TAKEN(Scope.QUORUM, "a running cluster takes its quorum device's votes"),
    DEVICE_ADDED(Scope.QUORUM, "a running cluster gives a quorum device votes"),
    WINDOW_CUT(Scope.QUORUM, "the window of the last men standing is cut short by another loss"),
    RESTART_WAITING_FOR_ALL(Scope.QUORUM, "a node that waits for all dies, and starts anew"),
    WAITING_CANCELLED(Scope.QUORUM, "a majority goes on without all at an operator's word"),
    UNBLOCKED(Scope.QUORUM, "a minority goes on at an operator's word"),
    UNBLOCKING_REFUSED(Scope.QUORUM, "an operator's word is refused"),
    UNBLOCKED_WITH_LESS(Scope.QUORUM, "a minority goes on with less than the others had"),
    UNBLOCKING_TIMED_OUT(Scope.QUORUM, "the time of an operator's word is over, and the quorum with it"),
    UNBLOCKING_OVER(Scope.QUORUM, "all are back after an operator let some go on"),
    VOTER_REMOVED("a node is removed"),
    VOTER_ADDED("a node is added"),
    TICKET_LOST(Scope.SWARM, "a ticket is taken away while what depends on it is active"),
    TICKET_BACK(Scope.SWARM, "a ticket comes back"),
    NODE_UNWELL(Scope.SWARM, "a node becomes unwell while something is active there"),
    MIGRATED(Scope.SWARM, "a role is taken over after its holder handed it over"),
    MIGRATION_FAILED(Scope.SWARM, "one side of a migration fails"),
    INSTANCES_TOGETHER(Scope.SWARM, "a node has several instances of a resource that differ"),
    INSTANCE_TAKEN_OVER(Scope.SWARM, "an instance that differs from the others is taken over by another node"),
    NOTICE_BEFORE(Scope.SWARM, "an instance hears what is about to be done with a peer"),
    NOTICE_AFTER(Scope.SWARM, "an instance hears what was done with a peer"),
    NOTICE_OF_LOSS(Scope.SWARM, "an instance hears of the end of a peer that did not stop"),
    HOLDER_FROZEN("a holder is frozen"),
    REPLACED_HOLDER_WAKES("a holder wakes after another took over"),
    LEASE_LOST_IN_SLEEP("a term is found not held on waking"),
    STALE_ACT_REFUSED(Scope.SWARM, "the storage refuses an old token"),
    FENCE_CONFIRMED("a fence is confirmed"),
    FENCE_FAILED("a fence fails"),
    FENCE_UNKNOWN("a fence's outcome is unknown"),
    FENCE_DONE_BUT_UNKNOWN("a fence is done and not known to be"),
    FENCE_TRIED_AGAIN("a fence succeeds after it did not"),
    FENCE_BY_ANOTHER(Scope.SWARM, "a fence succeeds by another node than the one that failed"),
    FENCE_BY_HUMAN("an operator confirms that a node is down"),
    FENCE_LIED(Scope.SWARM, "a fence device lies"),
    FENCER_FROZEN("a node stands still with a fencing in hand"),
    FENCE_OBSOLETE("a fenced node comes back by itself"),
    STOP_FAILED(Scope.SWARM, "a stop fails"),
    STOP_FAILED_THEN_FENCED(Scope.SWARM, "a node is fenced after a failed stop"),
    CALLBACK_HUNG(Scope.SWARM, "a callback hangs for longer than a token timeout"),
    NODE_HALTED(Scope.SWARM, "a node ends itself because its lease is over"),
    NODE_STOPPED(Scope.SWARM, "a node stops because of its disk or an unknown command"),
    REQUEST_INDETERMINATE("a request ends as indeterminate"),
    REQUEST_REPEATED("a request is asked for again"),
    REQUEST_REFUSED("a request is refused"),
    REQUESTER_DIED("a node dies with a request open"),
    CONTROLLER_DIED("the designated controller dies"),
    CONTROLLER_DIED_WORKING("the designated controller dies with operations in flight"),
    CLEAN_LEAVE("a node leaves cleanly"),
    WHOLE_CLUSTER_DOWN("no node runs"),
    TERM_TAKEN_OVER("a term is taken over by another node"),
    TAKEN_OVER_AFTER_EXIT("a role is taken over after its holder stopped it"),
    TAKEN_OVER_AFTER_FENCE("a role is taken over after its holder was fenced"),
    TAKEN_OVER_BY_LEASE("a role is taken over after its holder's lease, or by token, while that lives"),
    LEVELS_MIXED("nodes of different feature levels form a ring"),
    LEVEL_ROSE("the feature level rises");

    /** Which runs have to come there. */
    enum Scope {
        /** All. */
        EVERYWHERE,
        /** Those in which votes and voters change. */
        QUORUM,
        /** Those with all kinds of faults. */
        SWARM
    }

    private final Scope scope;
    private final String label;

    Point(String label) {
        this(Scope.EVERYWHERE, label);
    }

    Point(Scope scope, String label) {
        this.scope = scope;
        this.label = label;
    }

    Scope scope() {
        return scope;
    }

    String label() {
        return label;
    }
}
