package dev.ha4j.controller;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.controller.QuorumWord.Unblock;
import dev.ha4j.controller.codec.Decoded;
import dev.ha4j.controller.codec.Message;
import dev.ha4j.controller.codec.Message.DeviceSaid;
import dev.ha4j.controller.codec.Message.EpochDurable;
import dev.ha4j.controller.codec.Message.OfferMessage;
import dev.ha4j.controller.codec.Message.OpinionGiven;
import dev.ha4j.controller.codec.Message.SnapshotChunk;
import dev.ha4j.controller.codec.Message.WordSpoken;
import dev.ha4j.controller.codec.StateCodecs;
import dev.ha4j.controller.exchange.Exchange;
import dev.ha4j.controller.exchange.Exchange.Answer;
import dev.ha4j.controller.exchange.Exchange.Decision;
import dev.ha4j.controller.exchange.Offer;
import dev.ha4j.controller.exchange.Snapshot;
import dev.ha4j.quorum.QuorumVerdict;
import dev.ha4j.quorum.VotingRules;
import dev.ha4j.quorum.WaitForAll;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32C;

/** This node's part in the state exchange of the present ring. */
final class Membership {

    private final ControllerConfig config;
    private final ControllerPorts ports;
    private final Replica replica;
    private final Outbox outbox;
    private final Events events;
    private final BooleanSupplier historyHolds;
    private final Acquaintance acquaintance;
    private final long startedNanos;
    private Optional<WaitForAll> waited = Optional.empty();
    private Optional<Exchange> exchange = Optional.empty();
    private Optional<Snapshot> incoming = Optional.empty();
    private OptionalLong promisedRing = OptionalLong.empty();
    private OptionalLong lastEpochTokenNanos = OptionalLong.empty();
    private boolean baseDurable;
    private boolean snapshotSent;
    private boolean awaitsDevice;
    private boolean inquorate;
    private boolean offeredHistory = true;

    /** What the exchange leads to. */
    interface Events {
        void counted(long ring, QuorumVerdict verdict);

        void wordConsidered(Answer answer);

        void opened(Exchange exchange, Decision decision);

        void notQuorate(QuorumVerdict verdict);

        void broken(String reason);
    }

    Membership(
            ControllerConfig config,
            ControllerPorts ports,
            Replica replica,
            Outbox outbox,
            BooleanSupplier historyHolds,
            Acquaintance acquaintance,
            Events events) {
        this.config = config;
        this.ports = ports;
        this.replica = replica;
        this.outbox = outbox;
        this.historyHolds = historyHolds;
        this.acquaintance = acquaintance;
        this.events = events;
        this.startedNanos = ports.lease().clock().nanoTime();
    }

    /** A new ring: all that was offered in an older one is void. */
    void regular(RingView view) {
        noteLastToken();
        acquaintance.regular(view);
        exchange = Optional.of(new Exchange(view));
        incoming = Optional.empty();
        baseDurable = false;
        snapshotSent = false;
        awaitsDevice = false;
        inquorate = false;
        offeredHistory = historyHolds.getAsBoolean();
        outbox.send(new OfferMessage(view.sequence(), offer()));
    }

    /** Whether this node's last offer said that what the state knows of its operations is true. */
    boolean offeredHistory() {
        return offeredHistory;
    }

    private Offer offer() {
        ClusterState state = replica.state();
        SortedMap<NodeId, String> directories = new TreeMap<>();
        state.nodes()
                .forEach(entry -> entry.getValue()
                        .incarnation()
                        .ifPresent(life -> directories.put(entry.getKey(), life.directoryId())));
        return new Offer(
                config.incarnation(),
                state.version(),
                fingerprint(state),
                VotingRules.of(state),
                directories,
                config.lostStateAcceptedBy(),
                config.newcomer(),
                waitForAll(),
                config.softwareLevel(),
                config.featureLevel(),
                ports.resources().implemented(),
                offeredHistory,
                ports.lease().clock().nanoTime() - lastEpochTokenNanos.orElse(startedNanos));
    }

    /** A life begins with what the state says that it was started from. */
    private WaitForAll waitForAll() {
        return waited.orElseGet(
                () -> WaitForAll.atStart(replica.state().policy().quorum()));
    }

    /** Before the first epoch states have no version that tells them apart; later equal versions are equal states. */
    private static long fingerprint(ClusterState state) {
        if (state.version().epoch() > 0) {
            return 0;
        }
        CRC32C crc = new CRC32C();
        crc.update(StateCodecs.STATE.encode(state));
        return crc.getValue();
    }

    /** Remembers when this node accepted the last token of a ring whose epoch it has promised to follow. */
    private void noteLastToken() {
        if (promisedRing.isEmpty()) {
            return;
        }
        long now = ports.lease().clock().nanoTime();
        long last = ports.lease().lastVisitNanos(promisedRing.getAsLong()).orElse(now);
        lastEpochTokenNanos = OptionalLong.of(last);
        promisedRing = OptionalLong.empty();
    }

    void offered(NodeId sender, OfferMessage message) {
        Exchange current = currentFor(message, sender).orElse(null);
        if (current != null) {
            long now = ports.loop().clock().nanoTime();
            current.offered(sender, message.offer(), now).ifPresent(decision -> decided(current, decision));
        }
    }

    private void decided(Exchange current, Decision decision) {
        // Once over it stays over: a later quorum starts from the newest state, not from what this node remembers.
        waited = Optional.of(waitForAll().with(decision.verdict().waitForAll()));
        events.counted(current.view().sequence(), decision.verdict());
        if (!decision.verdict().quorate()) {
            withoutQuorum(current, decision);
            return;
        }
        if (decision.source().equals(config.self())) {
            sendSnapshot(current, decision);
        }
        if (!decision.lacking().contains(config.self())) {
            promise(current);
        }
    }

    void deviceSaid(NodeId sender, DeviceSaid message) {
        Exchange current = currentFor(message, sender).orElse(null);
        if (current != null) {
            current.deviceSaid(sender, message.word()).ifPresent(decision -> decided(current, decision));
        }
    }

    /** An operator told a member something about who votes: each says what it knows, in total order. */
    void wordSpoken(NodeId sender, WordSpoken message) {
        Exchange current = currentFor(message, sender).orElse(null);
        if (current == null) {
            return;
        }
        Optional<Answer> answer = current.spoken(sender, message.word());
        if (answer.isPresent()) {
            considered(current, answer.get());
        } else if (message.word() instanceof Unblock unblock) {
            outbox.send(new OpinionGiven(message.ring(), acquaintance.of(unblock)));
        }
    }

    void opinionGiven(NodeId sender, OpinionGiven message) {
        Exchange current = currentFor(message, sender).orElse(null);
        if (current != null) {
            current.opined(sender, message.opinion()).ifPresent(answer -> considered(current, answer));
        }
    }

    private void considered(Exchange current, Answer answer) {
        events.wordConsidered(answer);
        if (answer.refusal().isEmpty()) {
            decided(current, current.decision().orElseThrow());
        }
    }

    /** The votes of the present ring, by rules that were changed in its epoch. */
    Optional<QuorumVerdict> recount() {
        return exchange.flatMap(current -> current.decision()
                .map(made -> VotingRules.of(replica.state())
                        .judge(current.view().members(), made.withDevice(), WaitForAll.OVER)));
    }

    /** Roles go on while the quorum device may still give its vote, as long as their leases last. */
    private void withoutQuorum(Exchange current, Decision decision) {
        if (!current.awaitsDevice()) {
            giveUp(current);
        } else if (!awaitsDevice) {
            awaitsDevice = true;
            Duration patience = decision.offer().rules().patience();
            ports.loop().schedule(patience.toNanos(), () -> giveUp(current));
        }
    }

    /** The rules of voting changed so that this ring has no quorum any more; a later one may. */
    void quorumEnded(QuorumVerdict verdict) {
        inquorate = true;
        events.notQuorate(verdict);
    }

    private void giveUp(Exchange current) {
        QuorumVerdict verdict = current.decision().orElseThrow().verdict();
        if (isCurrent(current) && !verdict.quorate() && !inquorate) {
            inquorate = true;
            events.notQuorate(verdict);
        }
    }

    private void sendSnapshot(Exchange current, Decision decision) {
        if (decision.lacking().isEmpty()) {
            snapshotSent = true;
        } else {
            Snapshot.cut(current.view().sequence(), replica.state()).forEach(outbox::send);
        }
    }

    private void promise(Exchange current) {
        int level = replica.state().featureLevel();
        if (level > config.featureLevel()) { // it rose while this node was not configured
            events.broken("the cluster has agreed on feature level " + level + ", and this software knows "
                    + config.featureLevel() + ": start a newer version");
            return;
        }
        promisedRing = OptionalLong.of(current.view().sequence());
        Runnable durable = () -> {
            if (isCurrent(current)) {
                baseDurable = true;
                announceBase(current);
            }
        };
        if (current.decision().orElseThrow().beginsEra()) {
            replica.confirm(durable);
        } else {
            replica.promise(current.view().sequence(), durable);
        }
    }

    /** The source says that the base is durable only behind its snapshot, so that the epoch opens for nobody without it. */
    private void announceBase(Exchange current) {
        boolean isSource = current.decision().orElseThrow().source().equals(config.self());
        if (baseDurable && (!isSource || snapshotSent)) {
            outbox.send(new EpochDurable(current.view().sequence()));
        }
    }

    void chunk(NodeId sender, SnapshotChunk chunk) {
        Exchange current = currentFor(chunk, sender).orElse(null);
        if (current == null
                || current.decision()
                        .filter(made -> made.source().equals(sender))
                        .isEmpty()) {
            return;
        }
        if (sender.equals(config.self())) {
            if (Snapshot.isLast(chunk)) {
                snapshotSent = true;
                announceBase(current);
            }
        } else if (current.decision().orElseThrow().lacking().contains(config.self())) {
            receive(current, chunk);
        }
    }

    private void receive(Exchange current, SnapshotChunk chunk) {
        Snapshot snapshot = incoming.orElseGet(Snapshot::new);
        incoming = Optional.of(snapshot);
        snapshot.add(chunk).ifPresent(decoded -> {
            if (decoded instanceof Decoded.Value<ClusterState> state) {
                replica.adopt(state.value());
                promise(current);
            } else {
                events.broken("the state of node "
                        + current.decision().orElseThrow().source() + " can't be taken over: " + decoded);
            }
        });
    }

    void durable(NodeId sender, EpochDurable message) {
        Exchange current = currentFor(message, sender).orElse(null);
        if (current == null) {
            return;
        }
        if (current.durable(sender)) {
            if (isCurrentPromise(current)) {
                events.opened(current, current.decision().orElseThrow());
            } else {
                events.broken("the epoch opened before this node had its base");
            }
        }
    }

    private boolean isCurrentPromise(Exchange current) {
        return promisedRing.isPresent()
                && promisedRing.getAsLong() == current.view().sequence();
    }

    private boolean isCurrent(Exchange candidate) {
        return exchange.isPresent() && exchange.get().view().equals(candidate.view());
    }

    private Optional<Exchange> currentFor(Message message, NodeId sender) {
        return exchange.filter(current -> current.concerns(message.ring(), sender));
    }
}
