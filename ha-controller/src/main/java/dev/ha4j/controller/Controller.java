package dev.ha4j.controller;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.report.FenceAnswer;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.FenceOutcome;
import dev.ha4j.api.state.FenceRecord;
import dev.ha4j.api.state.RequestId;
import dev.ha4j.controller.codec.Decoded;
import dev.ha4j.controller.codec.Message;
import dev.ha4j.controller.codec.MessageCodecs;
import dev.ha4j.controller.command.Effect;
import dev.ha4j.controller.command.Result;
import dev.ha4j.controller.command.StateCommand;
import dev.ha4j.controller.command.StateCommand.AnnounceImplemented;
import dev.ha4j.controller.command.StateCommand.CompleteVoterChange;
import dev.ha4j.controller.command.StateCommand.FinishFence;
import dev.ha4j.controller.command.StateCommand.FinishOperation;
import dev.ha4j.controller.command.StateCommand.ForgetHistory;
import dev.ha4j.controller.command.StateCommand.OpenEpoch;
import dev.ha4j.controller.command.StateCommand.TestifyFence;
import dev.ha4j.controller.engine.Planner;
import dev.ha4j.controller.exchange.Exchange;
import dev.ha4j.controller.exchange.Exchange.Answer;
import dev.ha4j.controller.exchange.Exchange.Decision;
import dev.ha4j.controller.storage.Journal;
import dev.ha4j.controller.storage.LogStore;
import dev.ha4j.controller.storage.Recovery;
import dev.ha4j.quorum.QuorumVerdict;
import dev.ha4j.resources.Scheduler;
import dev.ha4j.resources.Transition;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The brain of a node: it keeps the replicated state, and acts on it. All methods are called on the loop of its
 * {@link ControllerPorts}, and none blocks.
 *
 * <p>Its parts, in the order in which a change of the ring goes through them: {@link Membership} exchanges states and opens the
 * epoch; {@link Replica} applies commands and counts whose disks have them; {@link Conductor} plans and orders, if this node is
 * the designated controller; {@link LocalOperations}, {@link LocalFencing} and {@link Terms} do what this node was ordered,
 * {@link OwnStops} what it has to do without an order, and {@link PeerNews} tells its resources what was done elsewhere.
 */
public final class Controller {

    private static final Logger log = LoggerFactory.getLogger(Controller.class);

    private final ControllerConfig config;
    private final ControllerPorts ports;
    private final Journal journal;
    private final Outbox outbox;
    private final Replica replica;
    private final Membership membership;
    private final DeviceInquiry device;
    private final Terms terms;
    private final PeerNews news;
    private final LocalOperations operations;
    private final OwnStops stops;
    private final LocalFencing fencing;
    private final OpenRequests requests;
    private final OperatorFences operatorFences;
    private final OperatorWords words;
    private final Departure departure;
    private final Threshold threshold;
    private final Conductor conductor;
    private boolean closed;
    private long garbage;

    public Controller(ControllerConfig config, ControllerPorts ports) {
        this(config, ports, Planner.of(new Scheduler()));
    }

    Controller(ControllerConfig config, ControllerPorts ports, Planner planner) {
        this.config = config;
        this.ports = ports;
        this.journal = new Journal(new LogStore(ports.disk()), ports.diskExecutor(), ports.loop(), this::broken);
        this.outbox = new Outbox(ports.broadcast(), ports.loop(), this::broken);
        this.replica = new Replica(config.self(), journal, outbox, ClusterState.initial(config.policy()));
        this.device = new DeviceInquiry(ports, replica::state, outbox::send);
        this.terms = new Terms(config, ports, replica::state, this::stoppedByItself);
        this.news = new PeerNews(config.self(), ports.resources(), replica.state());
        this.operations =
                new LocalOperations(config.self(), ports, replica, terms, news, this::stateKnowsRoles, this::submit);
        this.stops = new OwnStops(config, ports, terms, operations, this::submit);
        this.fencing = new LocalFencing(config.self(), ports, replica, this::submit);
        this.requests = new OpenRequests(replica, outbox::send);
        this.operatorFences = new OperatorFences(config.self(), ports, replica, requests, this::submit, () -> closed);
        this.words = new OperatorWords(replica, outbox::send);
        this.membership = new Membership(
                config,
                ports,
                replica,
                outbox,
                stops::historyHolds,
                new Acquaintance(config, ports, replica::state, operatorFences::provenOff),
                new MembershipEvents());
        this.departure = new Departure(config, ports, replica, this::submit);
        this.threshold = new Threshold(config, ports, replica, this::submit);
        this.conductor = new Conductor(config, ports, planner, replica, this::submit);
    }

    /** Reads the log from disk; {@code ready} when this node may join the ring. A disk that can't be trusted stops the node. */
    public void start(Runnable ready) {
        journal.open(recovery -> recovered(recovery, ready));
    }

    /** What was read need not be on the platter, for a force may have failed: it is written anew before anything rests on it. */
    private void recovered(Recovery recovery, Runnable ready) {
        if (recovery instanceof Recovery.Refused refused) {
            broken(refused.reason());
            return;
        }
        if (recovery instanceof Recovery.Recovered recovered) {
            replica.recovered(recovered.state());
            StartConfiguration.differences(config, recovered.state()).forEach(ports.listener()::timeline);
        }
        journal.checkpoint(replica.state(), ready);
    }

    /**
     * A message was delivered in total order.
     *
     * @param sender who sent it
     * @param ownId what {@link OrderedBroadcast#submit} answered, if this node sent it
     * @param payload what was sent
     * @param inTransitional whether it came after the transitional configuration: not all members may have it
     */
    public void delivered(NodeId sender, OptionalLong ownId, byte[] payload, boolean inTransitional) {
        if (closed || !counts(inTransitional)) {
            return;
        }
        Decoded<Message> decoded = MessageCodecs.MESSAGE.decode(payload);
        if (decoded instanceof Decoded.Value<Message> message) {
            received(sender, message.value());
        } else if (decoded instanceof Decoded.Unknown<Message> unknown) {
            broken("node " + sender + " runs software of another version, and sent what this one does not know: "
                    + unknown.kind());
        } else {
            garbage++;
            log.debug("node {} sent a malformed message: {}", sender, decoded);
        }
    }

    /** What comes in a transitional configuration may not have reached all that go on: nobody acts on it. */
    static boolean counts(boolean inTransitional) {
        return !inTransitional;
    }

    private void received(NodeId sender, Message message) {
        if (message instanceof Message.Command command) {
            command(sender, command);
        } else if (message instanceof Message.Durable durable) {
            replica.durable(sender, durable.ring(), durable.index());
        } else if (message instanceof Message.OfferMessage offer) {
            membership.offered(sender, offer);
        } else if (message instanceof Message.SnapshotChunk chunk) {
            membership.chunk(sender, chunk);
        } else if (message instanceof Message.EpochDurable durable) {
            membership.durable(sender, durable);
        } else if (message instanceof Message.DeviceSaid said) {
            membership.deviceSaid(sender, said);
        } else if (message instanceof Message.WordSpoken spoken) {
            membership.wordSpoken(sender, spoken);
        } else if (message instanceof Message.OpinionGiven given) {
            membership.opinionGiven(sender, given);
        } else if (message instanceof Message.ArbiterNamed named) {
            device.named(sender, named);
        }
    }

    private void command(NodeId sender, Message.Command message) {
        StateCommand command = message.command();
        if (!replica.isCurrent(message.ring()) || command instanceof OpenEpoch) {
            return;
        }
        ClusterState before = replica.state();
        Result result = isDue(command) ? replica.apply(sender, command) : Result.refused("it is not safe on disk yet");
        if (result instanceof Result.Applied applied) {
            settled(sender, command);
            applied(before, sender, command, applied);
        } else if (result instanceof Result.Refused refused) {
            settled(sender, command);
            refused(sender, command, refused);
        }
    }

    /** The new rule of voting stands alone only when a quorum by both rules has the change on disk: all members know alike. */
    private boolean isDue(StateCommand command) {
        return !(command instanceof CompleteVoterChange complete) || replica.isAcknowledged(complete.since());
    }

    /** A report of this node was heard; whether it changed anything does not matter to who waits to send it again. */
    private void settled(NodeId sender, StateCommand command) {
        if (!sender.equals(config.self())) {
            return;
        }
        if (command instanceof FinishOperation finish) {
            operations.reported(finish);
        } else if (command instanceof FinishFence finish) {
            fencing.reported(finish);
        } else if (command instanceof TestifyFence testimony) {
            operatorFences.reported(testimony);
        } else if (command instanceof ForgetHistory) {
            stops.forgotten();
        }
    }

    private void applied(ClusterState before, NodeId sender, StateCommand command, Result.Applied applied) {
        long index = applied.state().version().index();
        news.now(applied.state());
        applied.effects().forEach(effect -> carryOut(effect, index));
        ports.listener().stateChanged(applied.state());
        if (!applied.state().voters().equals(before.voters())) {
            device.stateChanged();
            membership.recount().ifPresent(this::recounted);
        }
        conductor.applied(before, sender, command);
        threshold.crossIfCleared();
    }

    /** When the time of an operator's word is over, those who went on by it mostly have no quorum any more. */
    private void recounted(QuorumVerdict verdict) {
        if (verdict.quorate()) {
            ports.listener().quorumChanged(verdict);
        } else {
            closeEpoch();
            membership.quorumEnded(verdict);
        }
    }

    private void refused(NodeId sender, StateCommand command, Result.Refused refused) {
        log.debug("{} of node {} was refused: {}", command, sender, refused.reason());
        refused.effects()
                .forEach(effect -> carryOut(effect, replica.state().version().index()));
        conductor.refused(sender, command);
    }

    private void carryOut(Effect effect, long index) {
        if (effect instanceof Effect.Execute order) {
            operations.ordered(order);
        } else if (effect instanceof Effect.CancelRun cancel) {
            operations.cancelled(cancel.key());
        } else if (effect instanceof Effect.CarryOutFence order) {
            fencing.ordered(order, index);
        } else if (effect instanceof Effect.FenceClosed ended) {
            fencing.closed(ended.record().id());
            ports.listener().fenced(ended.record());
            operatorFences.ended(ended.record());
            haltIfFenced(ended.record());
        } else if (effect instanceof Effect.Dismissed dismissed) {
            departure.dismissed(dismissed.node());
        } else if (effect instanceof Effect.LeftCleanly left) {
            departure.leftCleanly(left.node(), index);
        } else if (effect instanceof Effect.Answered answered) {
            requests.answered(answered.id(), answered.answer());
            operatorFences.decided(answered.id(), answered.answer());
        }
    }

    /** Others rely on it that this life is over. If it reads this it is not: the device was wrong, or switched something else. */
    private void haltIfFenced(FenceRecord record) {
        boolean thisLife =
                record.target().equals(config.self()) && record.incarnation().equals(Optional.of(config.incarnation()));
        if (thisLife && record.outcome() == FenceOutcome.CONFIRMED) {
            ports.listener().halt("this node was fenced by " + record.by() + ", and still runs");
        }
    }

    /** The ring broke up; what is delivered from now on may not have reached all. */
    public void transitional() {
        log.debug("the ring broke up");
    }

    /** The ring was formed anew. */
    public void regular(RingView view) {
        if (closed) {
            return;
        }
        closeEpoch();
        words.regular(view);
        membership.regular(view);
        device.regular(view);
    }

    private void closeEpoch() {
        outbox.clear();
        ports.lease().epochEnded();
        replica.closeEpoch();
        conductor.epochClosed();
        operations.epochClosed();
        fencing.epochClosed();
        requests.epochClosed();
        operatorFences.epochClosed();
        words.epochClosed();
    }

    /** A message of this node was given up: it will never be delivered here, but others may have it. */
    public void indeterminate(long ownId) {
        log.debug("message {} is indeterminate", ownId);
    }

    /** Asks something of the cluster; {@code done} is called once. */
    public void request(RequestId id, Request request, Consumer<RequestResult> done) {
        requests.ask(id, request, done);
    }

    /**
     * An operator's order to fence a node; {@code done} is called once, with what came of the next attempt. Without quorum
     * this node's own devices are used, and what they confirm unlocks nothing until there is quorum again.
     */
    public void fence(RequestId id, Request.Fence order, Consumer<FenceAnswer> done) {
        if (closed) {
            done.accept(FenceAnswer.failed("the node has stopped"));
        } else {
            operatorFences.fence(id, order, done);
        }
    }

    /**
     * An operator tells a partition without quorum to go on; {@code done} is called once: refused, or applied when an epoch has
     * been opened by the word.
     */
    public void say(QuorumWord word, Consumer<RequestResult> done) {
        if (closed) {
            done.accept(new RequestResult.Refused("the node has stopped"));
        } else {
            words.say(word, done);
        }
    }

    /** The set of resources that this node can run has changed. */
    public void implementedChanged() {
        if (replica.isOpen()) {
            submit(new AnnounceImplemented(
                    config.self(), config.incarnation(), ports.resources().implemented()));
        }
    }

    /** Hands everything over and records a clean leave; {@code done} when the node may leave the ring. */
    public void leave(Runnable done) {
        departure.leave(done);
    }

    /** Ends the controller without any hand-over. */
    public void close() {
        if (!closed) {
            closed = true;
            conductor.epochClosed();
            fencing.epochClosed();
            requests.epochClosed();
            operatorFences.epochClosed();
            words.epochClosed();
            replica.closeEpoch();
            terms.close();
            outbox.clear();
            journal.close();
        }
    }

    /** The state as this node knows it; quorate only while its epoch is open. */
    public ClusterState state() {
        ClusterState state = replica.state();
        return state.quorate() == replica.isOpen()
                ? state
                : state.change().quorate(replica.isOpen()).build();
    }

    /** Whether a quorum's disks have the state up to this index. */
    public boolean isAcknowledged(long index) {
        return replica.isAcknowledged(index);
    }

    /** The last plan that this node made as designated controller. */
    public Optional<Transition> lastPlan() {
        return conductor.lastPlan();
    }

    /** Messages that were malformed. */
    public long garbageMessages() {
        return garbage;
    }

    private void submit(StateCommand command) {
        if (replica.isOpen() && !closed) {
            outbox.send(new Message.Command(replica.state().version().epoch(), command));
        }
    }

    private void stoppedByItself() {
        stops.happened();
    }

    private boolean stateKnowsRoles() {
        return stops.stateKnowsRoles();
    }

    private void broken(String reason) {
        if (!closed) {
            log.error("this node stops: {}", reason);
            close();
            ports.listener().stopNode(reason);
        }
    }

    private final class MembershipEvents implements Membership.Events {

        @Override
        public void counted(long ring, QuorumVerdict verdict) {
            ports.listener().votesCounted(ring, verdict);
        }

        @Override
        public void wordConsidered(Answer answer) {
            ports.listener()
                    .timeline("what an operator said to node " + answer.asked()
                            + answer.refusal()
                                    .map(reason -> " is refused: " + reason)
                                    .orElse(" holds"));
            if (answer.asked().equals(config.self())) {
                words.answered(answer.refusal());
            }
        }

        @Override
        public void opened(Exchange exchange, Decision decision) {
            Result.Applied opening = replica.open(exchange, decision);
            ClusterState state = opening.state();
            long ring = exchange.view().sequence();
            ports.listener().quorumChanged(decision.verdict());
            ports.listener().epochOpened(state.version(), state.controller().orElseThrow());
            decision.word().ifPresent(word -> {
                log.warn("goes on at the word of {}: {}", word.by(), word.text());
                ports.listener().timeline("goes on at the word of " + word.by() + ": " + word.text());
            });
            exchange.countedByWord()
                    .forEach((node, word) -> ports.listener()
                            .timeline("counts node " + node + ", whose state was lost, at the word of " + word));
            terms.epochOpened(state, ring);
            operations.epochOpened(state);
            news.now(state);
            fencing.epochOpened(state);
            operatorFences.epochOpened();
            List.copyOf(opening.effects())
                    .forEach(effect -> carryOut(effect, state.version().index()));
            ports.listener().stateChanged(state);
            words.epochOpened(state.version());
            device.epochOpened(ring);
            stops.epochOpened(membership.offeredHistory());
            departure.epochOpened();
            threshold.epochOpened();
            conductor.epochOpened(exchange.latestTokenNanos());
        }

        @Override
        public void notQuorate(QuorumVerdict verdict) {
            ports.listener().quorumChanged(verdict);
            departure.quorumLost();
            stops.withoutQuorum(replica.state().policy().options().noQuorumPolicy());
        }

        @Override
        public void broken(String reason) {
            Controller.this.broken(reason);
        }
    }
}
