package dev.ha4j.testkit.planted;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A rule of the product, and how it is broken. */
public enum PlantedBug {
    TERM_BEFORE_DISK(
            "a term is granted before it is on a quorum's disks",
            "dev.ha4j.controller.Replica",
            "acknowledgedIndex",
            Changes.Highest.class),
    LEASE_FROM_RECEIPT(
            "the lease is counted from the receipt of the token, not from its first sending",
            "dev.ha4j.controller.lease.NodeLease",
            "visited",
            Changes.SentNow.class),
    LEASE_REVIVED(
            "a lease that ran out is revived by a later token",
            "dev.ha4j.controller.lease.LeaseState",
            "isExpired",
            Changes.Never.class),
    PAUSE_UNSEEN(
            "a pause does not suspend the lease",
            "dev.ha4j.controller.lease.LeaseState",
            "isPaused",
            Changes.Never.class),
    INDEX_BEFORE_EPOCH(
            "the newest index wins over a newer epoch",
            "dev.ha4j.api.state.StateVersion",
            "compareTo",
            Changes.ByIndex.class),
    ACKNOWLEDGED_ACROSS_EPOCHS(
            "acknowledgements of another epoch count",
            "dev.ha4j.controller.exchange.Acknowledgements",
            "durable",
            Changes.AnyEpoch.class),
    ONE_DISK_IS_A_QUORUM(
            "one disk is enough to acknowledge and to open an epoch",
            "dev.ha4j.controller.exchange.ExchangeRules",
            "isQuorum",
            Changes.Always.class),
    UNKNOWN_IS_CONFIRMED(
            "an unknown fence result is taken for a confirmed one",
            "dev.ha4j.controller.fencing.FenceVerdict",
            "of",
            Changes.Confirmed.class),
    UNPROVEN_IS_DEAD(
            "a lost node is taken for dead without any proof",
            "dev.ha4j.api.state.Proof",
            "unlocks",
            Changes.Always.class),
    NO_WAIT_FOR_THE_LEASE(
            "a successor does not wait until the lease has run out",
            "dev.ha4j.controller.lease.LeaseRule",
            "successorWait",
            Changes.NoTime.class),
    TOKEN_REPEATS(
            "a new term gets the token of the last one",
            "dev.ha4j.api.state.TermLedger",
            "lastToken",
            Changes.OneLess.class),
    MINORITY_IS_QUORATE(
            "any number of votes is a quorum", "dev.ha4j.quorum.QuorumVerdict", "quorate", Changes.Always.class),
    TRANSITIONAL_APPLIED(
            "what is delivered after the transitional configuration is applied",
            "dev.ha4j.controller.Controller",
            "delivered",
            Changes.NotTransitional.class),
    RING_ID_REUSED(
            "a restarted node begins its ring sequences anew",
            "dev.ha4j.totem.core.Reservation",
            "first",
            Changes.One.class),
    GAPS_DELIVERED(
            "the ring counts what it has not received as received",
            "dev.ha4j.totem.core.MessageStore",
            "receivedUpTo",
            Changes.OneMore.class),
    LEFT_WHILE_ACTIVE(
            "a node leaves cleanly while it has something active",
            "dev.ha4j.controller.command.Operations",
            "firstActive",
            Changes.Nothing.class),
    EXCLUSIVITY_UNGUARDED(
            "members that may still be active don't stand against a grant",
            "dev.ha4j.controller.command.Exclusivity",
            "memberMayBeActive",
            Changes.Never.class),
    HOLDER_TAKEN_FOR_IDLE(
            "a lost node that holds a role is taken for one that does not",
            "dev.ha4j.resources.LastHolder",
            "mayBe",
            Changes.Never.class),
    STOP_UNKNOWN_IS_DONE(
            "an operation that failed or timed out is taken for done",
            "dev.ha4j.api.state.OperationRecord",
            "status",
            Changes.Done.class);

    private final String description;
    private final String className;
    private final String method;
    private final Class<?> advice;

    PlantedBug(String description, String className, String method, Class<?> advice) {
        this.description = description;
        this.className = className;
        this.method = method;
        this.advice = advice;
    }

    /** What is wrong, in words. */
    public String description() {
        return description;
    }

    String className() {
        return className;
    }

    String method() {
        return method;
    }

    Class<?> advice() {
        return advice;
    }

    /** All bugs, or the one of this name in lower case with hyphens. */
    public static List<PlantedBug> named(String name) {
        if (name.equals("all")) {
            return List.of(values());
        }
        return Arrays.stream(values())
                .filter(bug -> bug.title().equals(name))
                .findFirst()
                .map(List::of)
                .orElseThrow(() -> new IllegalArgumentException("no planted bug is called " + name + "; there are all, "
                        + String.join(
                                ", ",
                                Arrays.stream(values()).map(PlantedBug::title).toList())));
    }

    /** Its name in lower case with hyphens. */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
