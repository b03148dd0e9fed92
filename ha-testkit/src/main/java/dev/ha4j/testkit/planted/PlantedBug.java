package dev.ha4j.testkit.planted;

import dev.ha4j.testkit.swarm.Mix;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/** A rule of the product, how it is broken, and by which rule of the checkers that has to be noticed. */
public enum PlantedBug {
    TERM_BEFORE_DISK(
            "a term is granted before it is on a quorum's disks",
            expects("C2"),
            in("dev.ha4j.controller.Replica", "acknowledgedIndex", Changes.Highest.class)),
    TOKEN_REPEATS(
            "a new term gets the token of the last one",
            expects("X9"),
            in("dev.ha4j.api.state.TermLedger", "lastToken", Changes.OneLess.class)),
    LEASE_FROM_RECEIPT(
            "the lease is counted from the receipt of the token, not from its first sending",
            expects("LS1"),
            in("dev.ha4j.controller.lease.NodeLease", "visited", Changes.SentNow.class)),
    LEASE_REVIVED(
            "a lease that ran out is revived by a later token",
            expects("LS1", "LS2"),
            in("dev.ha4j.controller.lease.LeaseState", "isExpired", Changes.Never.class)),
    LEASE_OF_ANY_RING(
            "tokens of a ring renew the lease before its epoch is open",
            expects("LS3"),
            in("dev.ha4j.controller.lease.LeaseState", "renews", Changes.Always.class)),
    PAUSE_UNSEEN(
            "a pause does not suspend the lease",
            expects("LS4"),
            in("dev.ha4j.controller.lease.LeaseState", "isPaused", Changes.Never.class)),
    TERM_OUTLIVES_ITS_END(
            "a term is held on after it has ended",
            expects("T3"),
            in("dev.ha4j.controller.lease.NodeLease", "end", Changes.Skipped.class)),
    OVERTAKEN_TERM_KEPT(
            "a node keeps its term though the cluster went on without it",
            expects("T3", "X2"),
            in("dev.ha4j.controller.Terms", "isConfirmed", Changes.Always.class)),
    NO_WAIT_FOR_THE_LEASE(
            "a successor does not wait until the lease has run out",
            expects("X1", "X2"),
            in("dev.ha4j.controller.lease.LeaseRule", "successorWait", Changes.NoTime.class)),
    LATE_STOP_TOLERATED(
            "a node whose lease is over lives on though its roles have not stopped",
            expects("X1", "X6"),
            in("dev.ha4j.controller.Terms", "demandsLease", Changes.Never.class)),
    INDEX_BEFORE_EPOCH(
            "the newest index wins over a newer epoch",
            expects("C1", "C2", "C6"),
            in("dev.ha4j.controller.exchange.ExchangeRules", "best", Changes.MostCommands.class)),
    ACKNOWLEDGED_ACROSS_EPOCHS(
            "what a disk had in the epoch before counts in the next",
            expects("C2"),
            in("dev.ha4j.controller.Replica", "open", Changes.CountsOffers.class)),
    ONE_DISK_IS_A_QUORUM(
            "one disk is enough to acknowledge and to open an epoch",
            expects("C2"),
            in("dev.ha4j.quorum.VotingRules", "isQuorum", Changes.Always.class)),
    LACKING_UNNOTICED(
            "members that lack the newest state go on with their own",
            expects("C1"),
            in("dev.ha4j.controller.exchange.ExchangeRules", "lacking", Changes.NoNodes.class)),
    TRANSITIONAL_APPLIED(
            "what is delivered after the transitional configuration is applied",
            expects("C1"),
            in("dev.ha4j.controller.Controller", "delivered", Changes.NotTransitional.class)),
    TORN_TAIL_REFUSED(
            "a torn record is taken for a whole one",
            expects("C6"),
            in("dev.ha4j.controller.storage.Frames", "recordLength", Changes.ToTheEnd.class)),
    REQUEST_APPLIED_TWICE(
            "a request that comes again is carried out again",
            expects("C3"),
            in("dev.ha4j.api.state.RequestLedger", "answer", Changes.Nothing.class)),
    APPLIED_SAID_REFUSED(
            "a request that was carried out is answered as refused",
            expects("C3"),
            in("dev.ha4j.api.state.RequestLedger$Answer", "isRefused", Changes.Always.class)),
    REQUEST_UNANSWERED(
            "requests that a ring leaves undecided get no answer",
            expects("L5"),
            in("dev.ha4j.controller.OpenRequests", "epochClosed", Changes.Skipped.class)),
    LEVEL_RISES_EARLY(
            "the feature level rises though not all nodes know it",
            expects("V1"),
            in("dev.ha4j.api.state.NodeStatus", "announcedLevel", Changes.Two.class)),
    MINORITY_IS_QUORATE(
            "any number of votes is a quorum",
            expects("Q1", "Q2"),
            in("dev.ha4j.quorum.QuorumVerdict", "quorate", Changes.Always.class)),
    OLD_RULE_ALONE(
            "while the voters are changed, the rule to come does not count",
            expects("Q1", "Q2", "C2"),
            in("dev.ha4j.quorum.VotingRules", "underWay", Changes.Nothing.class)),
    WINDOW_IGNORED(
            "the last men standing don't wait for those who are missing",
            expects("Q2"),
            in("dev.ha4j.controller.command.Downscale", "wanted", Changes.WindowOver.class)),
    NEW_RULE_EARLY(
            "the new voters decide before a quorum of the old ones has the change on disk",
            expects("Q1", "Q2", "C2"),
            in("dev.ha4j.controller.VoterSteps", "firstStep", Changes.Zero.class),
            in("dev.ha4j.controller.Controller", "isDue", Changes.Always.class)),
    DEVICE_AFTER_A_BREAK(
            "a quorum device's vote counts though others may have gone on with it meanwhile",
            expects("Q1", "C1", "C2", "X9"),
            in("dev.ha4j.controller.exchange.ExchangeRules", "isUnbroken", Changes.Always.class)),
    DEVICE_FOR_A_DISK(
            Mix.QUORUM,
            "a quorum device's votes stand for the disks of members",
            expects("C2"),
            in("dev.ha4j.quorum.VotingRule", "voting", Changes.NoNodes.class)),
    WAIT_FOR_ALL_IGNORED(
            "the first quorum does not wait for all",
            expects("Q4"),
            in("dev.ha4j.quorum.WaitForAll", "atStart", Changes.NoWaiting.class)),
    UNKNOWN_IS_CONFIRMED(
            "an unknown fence result is taken for a confirmed one",
            expects("X4"),
            in("dev.ha4j.controller.fencing.FenceVerdict", "of", Changes.Confirmed.class)),
    UNPROVEN_IS_DEAD(
            "a lost node is taken for dead without any proof",
            expects("X1", "X3"),
            in("dev.ha4j.api.state.Proof", "unlocks", Changes.Always.class)),
    FENCE_OF_ANOTHER_LIFE(
            "a fence result for an earlier life counts for the next",
            expects("X5"),
            in("dev.ha4j.controller.command.Fencing", "finishRefusal", Changes.ConfirmedCounts.class),
            in("dev.ha4j.controller.LocalFencing", "epochOpened", Changes.ToldAnyway.class)),
    FENCES_WITHOUT_LEASE(
            "a power command is sent by a node that may not act any more",
            expects("X5", "X7"),
            in("dev.ha4j.controller.FenceOrder", "mayAct", Changes.MayAlways.class)),
    FENCES_WITHOUT_PAUSE(
            "a fencing that did not succeed is tried again at once",
            expects("X8"),
            in("dev.ha4j.controller.fencing.BackOff", "after", Changes.NoTime.class)),
    FENCING_GIVES_UP(
            "a fencing that did not succeed is never tried again",
            expects("L1", "L4"),
            in("dev.ha4j.controller.fencing.BackOff", "after", Changes.OneDay.class)),
    EXCLUSIVITY_UNGUARDED(
            "members that may still be active stand against neither a plan nor a grant",
            expects("X1", "X6"),
            in("dev.ha4j.controller.engine.TransitionEngine", "isReady", Changes.WithoutHandover.class),
            in("dev.ha4j.resources.Grants", "mayBeActive", Changes.Never.class),
            in("dev.ha4j.controller.command.Exclusivity", "memberMayBeActive", Changes.Never.class)),
    HOLDER_TAKEN_FOR_IDLE(
            "a lost node that holds a role is taken for one that does not",
            expects("X1", "X3"),
            in("dev.ha4j.resources.LastHolder", "mayBe", Changes.Never.class)),
    INSTANCE_TAKEN_FOR_ONE_OF_MANY(
            "a lost node that holds an instance of its own is taken for one of many that are alike",
            expects("X1", "X3"),
            in("dev.ha4j.resources.LastHolder", "holdsOnceStarted", Changes.WithoutNumber.class)),
    PEERS_NOT_TOLD_BEFORE(
            "an operation does not wait until its peers have heard that it comes",
            expects("N1"),
            in("dev.ha4j.resources.Announcements", "intent", Changes.Nothing.class)),
    PEERS_NOT_TOLD_AFTER(
            "peers don't hear what was done",
            expects("N3"),
            in("dev.ha4j.controller.PeerNews", "now", Changes.Skipped.class)),
    STOP_UNKNOWN_IS_DONE(
            "an operation that failed or timed out is taken for done",
            expects("X6"),
            in("dev.ha4j.controller.command.Operations", "ended", Changes.Succeeded.class)),
    LEFT_WHILE_ACTIVE(
            "a node leaves cleanly while it has something active",
            expects("X2"),
            in("dev.ha4j.controller.command.Operations", "firstActive", Changes.Nothing.class),
            in("dev.ha4j.controller.Departure", "dismissed", Changes.LeavesAnyway.class),
            in("dev.ha4j.controller.Departure", "ask", Changes.LeavesAtOnce.class)),
    HANDED_OVER_TOO_EARLY(
            "who was told to let go counts as having let go",
            expects("X1", "X6"),
            in("dev.ha4j.resources.LastRole", "isHandedOver", Changes.Always.class),
            in("dev.ha4j.controller.engine.TransitionEngine", "isReady", Changes.WithoutHandover.class)),
    TICKET_NOT_ASKED_FOR(
            "what depends on a ticket begins without it",
            expects("TK1"),
            in("dev.ha4j.resources.policy.TicketConstraint$Ticket", "usable", Changes.Always.class),
            in("dev.ha4j.controller.command.Tickets", "missing", Changes.Nothing.class)),
    RING_ID_REUSED(
            "a restarted node begins its ring sequences anew",
            expects("EVS-8"),
            in("dev.ha4j.totem.core.Reservation", "begin", Changes.FromTheStart.class)),
    GAPS_DELIVERED(
            "the ring counts what it has not received as received",
            expects("EVS-4", "EVS-6"),
            in("dev.ha4j.totem.core.MessageStore", "receivedUpTo", Changes.OverTheGap.class)),
    DELIVERED_TWICE(
            "a recovery delivers once more what was delivered before",
            expects("EVS-1", "EVS-6"),
            in("dev.ha4j.totem.core.Recovery", "install", Changes.OneBack.class)),
    NOTHING_REPEATED(
            "a recovery does not repeat what others lack",
            expects("EVS-4", "EVS-6"),
            in("dev.ha4j.totem.core.Recovery", "chooseRepeats", Changes.NoRepeats.class)),
    SAFE_TOO_EARLY(
            "a safe message is delivered before all members have it",
            expects("EVS-7"),
            in("dev.ha4j.totem.core.Deliverer", "needsSafety", Changes.Never.class)),
    OLD_TOKEN_ACCEPTED(
            "a token that was seen before counts again",
            expects("EVS-6"),
            in("dev.ha4j.totem.core.TokenRotation", "isNew", Changes.Always.class)),
    DELIVERY_FORGOTTEN(
            "a message that was delivered is given up later",
            expects("EVS-3"),
            in("dev.ha4j.totem.core.SendQueue", "delivered", Changes.Skipped.class)),
    LOAN_MAKES_SAFE(
            Mix.RING,
            "a borrowed token counts as one that has been round",
            expects("EVS-7"),
            in("dev.ha4j.totem.core.TokenRotation", "borrow", Changes.AsForwarded.class)),
    LINGERING_LOAN_MAKES_SAFE(
            Mix.RING,
            "who adds to a borrowed token vouches for what nobody after him has seen",
            expects("EVS-4", "EVS-6", "EVS-7"),
            in("dev.ha4j.totem.core.Possession", "isInTurn", Changes.Always.class)),
    SAFE_WITHOUT_THE_OTHERS(
            Mix.RING,
            "a recovery takes what the old ring held for safe, though not all of it has come along",
            expects("EVS-7"),
            in("dev.ha4j.totem.core.Recovery", "safeInOldRing", Changes.Forever.class)),
    RECOVERY_ENDS_EARLY(
            Mix.RING,
            "a recovery ends before everybody has everything",
            expects("EVS-2", "EVS-4", "EVS-6", "EVS-7"),
            in("dev.ha4j.totem.core.Recovery", "judge", Changes.Always.class)),
    RELEASED_BEFORE_ALL_HAVE_IT(
            Mix.RING,
            "a message is thrown away though others may still ask for it",
            expects("EVS-4", "EVS-6", "EVS-7"),
            in("dev.ha4j.totem.core.Ring", "release", Changes.AllOfIt.class)),
    REPEATS_NOT_KEPT(
            Mix.RING,
            "what others repeat in a recovery is not added to what this node has",
            expects("EVS-4", "EVS-6"),
            in("dev.ha4j.totem.core.Protocol", "store", Changes.NotOfTheInstalledRing.class)),
    RELEASED_TAKEN_FOR_NEW(
            Mix.RING,
            "a copy of a message that everybody had is taken for a message to come",
            expects("EVS-1", "EVS-6"),
            in("dev.ha4j.totem.core.MessageStore", "isPast", Changes.Never.class)),
    COPY_LET_IN(
            Mix.RING,
            "a packet is let in again if it comes right behind itself, as over another link",
            expects("SEC-2"),
            in("dev.ha4j.totem.security.packet.ReplayWindow", "isAhead", Changes.OrEqual.class)),
    MARKS_OUTLIVE_THEIR_WINDOW(
            Mix.RING,
            "packets are refused as repeated because others were, a window ago",
            expects("CALM", "L1"),
            in("dev.ha4j.totem.security.packet.ReplayWindow", "forgetUpTo", Changes.Skipped.class)),
    REPLAY_LET_IN(
            Mix.RING,
            "a packet that was received before is let in again",
            expects("SEC-2"),
            in("dev.ha4j.totem.security.packet.InboundSession", "isNew", Changes.Always.class)),
    EARLIER_BOOT_LET_IN(
            Mix.RING,
            "any answer to a challenge will do, so recorded handshakes bring back an earlier boot",
            expects("SEC-3"),
            in("dev.ha4j.totem.security.packet.Challenge", "isAnsweredBy", Changes.Always.class)),
    MISDIRECTED_LET_IN(
            Mix.RING,
            "a packet that is meant for one node is opened by another",
            expects("SEC-4"),
            in("dev.ha4j.totem.security.packet.PacketSecurity", "isForThisNode", Changes.Always.class)),
    ANY_SOURCE_LET_IN(
            Mix.RING,
            "a packet is opened wherever it comes from",
            expects("SEC-5"),
            in("dev.ha4j.totem.netty.Incoming", "isFrom", Changes.Always.class)),
    OLD_KEY_LET_IN(
            Mix.RING,
            "sessions under a key that was left out go on",
            expects("SEC-6"),
            in("dev.ha4j.totem.security.packet.PeerSessions", "forget", Changes.Skipped.class)),
    TWIN_LET_IN(
            Mix.RING,
            "a second process with a node's id takes its place though the first is alive",
            expects("SEC-1"),
            in("dev.ha4j.totem.security.packet.PeerSessions", "isTakenFrom", Changes.Never.class)),
    IDENTITY_UNCHECKED(
            Mix.RING,
            "any certificate of the cluster's authority will do, whichever node it names",
            expects("SEC-7"),
            in("dev.ha4j.totem.security.packet.PeerCertificates", "isOf", Changes.Always.class)),
    FLOOR_IGNORED(
            Mix.RING,
            "a ring that adapts its timeout adapts it to nothing",
            expects("CALM", "L1"),
            in("dev.ha4j.totem.core.LossTimeout", "bounded", Changes.Zero.class)),
    LOST_LINK_UNNOTICED(
            Mix.RING,
            "a link without answers stays up",
            expects("CALM"),
            in("dev.ha4j.totem.netty.LinkHealth", "isUp", Changes.Always.class)),
    ARBITERS_NOT_COMPARED(
            Mix.QUORUM,
            "a quorum device's vote counts though members ask another arbiter",
            expects("Q1", "C1", "C2", "X9"),
            in("dev.ha4j.controller.Arbiters", "differFrom", Changes.Never.class)),
    UNBLOCK_FORGETS_TOKENS(
            Mix.QUORUM,
            "who goes on at an operator's word goes on with the tokens that it knows of",
            expects("C6", "X9"),
            in("dev.ha4j.api.state.TermLedger", "leap", Changes.Unchanged.class)),
    UNBLOCK_NEVER_ENDS(
            Mix.QUORUM,
            "the time of an operator's word is never over",
            expects("U2"),
            in("dev.ha4j.controller.VoterSteps", "endLater", Changes.Skipped.class)),
    UNBLOCK_OF_THE_LIVING(
            Mix.QUORUM,
            "an operator's word that nodes are down is believed though they were there a moment ago",
            expects("Q1", "U1"),
            in("dev.ha4j.controller.exchange.Hearing", "refusal", Changes.Nothing.class)),
    ONE_LINK_SPEAKS_FOR_ALL(
            Mix.RING,
            "one link that is refused or down means that the node is dead",
            expects("CALM"),
            in("dev.ha4j.totem.netty.PeerRoute", "isRefused", Changes.Always.class)),
    REFUSALS_BELIEVED(
            Mix.RING,
            "a node that is heard counts as refused all the same",
            expects("CALM"),
            in("dev.ha4j.totem.netty.Doubt", "heard", Changes.Skipped.class)),
    PATH_TAKEN_FOR_PROVEN(
            Mix.RING,
            "packets are as large as the interface, whatever the path carries",
            expects("CALM", "EVS-3", "L1"),
            in("dev.ha4j.totem.netty.PathSize", "provenBytes", Changes.Jumbo.class));

    private final Mix mix;
    private final String description;
    private final SortedSet<String> expected;
    private final List<Change> changes;

    PlantedBug(String description, SortedSet<String> expected, Change... changes) {
        this(Mix.SWARM, description, expected, changes);
    }

    PlantedBug(Mix mix, String description, SortedSet<String> expected, Change... changes) {
        this.mix = mix;
        this.description = description;
        this.expected = expected;
        this.changes = List.of(changes);
    }

    /** A method that is changed. Nested classes are named as the class loader does. */
    record Change(String className, String method, Class<?> advice) {}

    private static Change in(String className, String method, Class<?> advice) {
        return new Change(className, method, advice);
    }

    private static SortedSet<String> expects(String... rules) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(List.of(rules)));
    }

    /** The mix in which it has to show. */
    public Mix mix() {
        return mix;
    }

    /** What is wrong, in words. */
    public String description() {
        return description;
    }

    /** The rules that stand for the guarantee that it breaks; what else it breaks does not count. */
    public SortedSet<String> expected() {
        return expected;
    }

    List<Change> changes() {
        return changes;
    }

    /** All bugs, or those of these names in lower case with hyphens, with commas between. */
    public static List<PlantedBug> named(String names) {
        return names.equals("all")
                ? List.of(values())
                : Arrays.stream(names.split(",", -1)).map(PlantedBug::one).toList();
    }

    private static PlantedBug one(String name) {
        return Arrays.stream(values())
                .filter(bug -> bug.title().equals(name))
                .findFirst()
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
