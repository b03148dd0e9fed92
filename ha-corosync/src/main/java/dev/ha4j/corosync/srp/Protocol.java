package dev.ha4j.corosync.srp;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.RingId;
import dev.ha4j.totem.RingSequences;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.slf4j.Logger;

/** One node's protocol: dispatches inputs to the current state, and holds what outlives states. */
final class Protocol {

    private static final int PAUSE_CHECKS_PER_TOKEN_TIMEOUT = 5;

    final Logger log;
    final SrpConfig config;
    final NodeId self;
    final SrpTransport transport;
    final SrpListener listener;
    final Outgoing outgoing;
    final Timers timers = new Timers();
    final TokenPace pace;
    final Reservation reservation;

    /** Number before the first of each ring; 0, but for tests of what happens when it wraps. */
    final int firstSequence;

    /** The last installed ring. */
    Ring installed;

    /** The ring that this node is in, or tried to form last. */
    RingId ringId;

    long highestRingSequence;

    /** Whose messages have to be delivered even beyond a gap, because others may have done so. */
    SortedSet<NodeId> obligations = Sets.of();

    private final SortedSet<NodeId> others;
    private final Map<String, Long> counters = new TreeMap<>();
    private final MessageCounts sentMessages = new MessageCounts();
    private final MessageCounts receivedMessages = new MessageCounts();
    private State state = new Ended(this);
    private int sent;
    private long lastNow;
    private long lastPauseCheck;
    private long nextShow;

    Protocol(
            SrpConfig config,
            NodeId self,
            RingSequences sequences,
            SrpTransport transport,
            SrpListener listener,
            Outgoing outgoing,
            int firstSequence,
            Logger log) {
        this.config = config;
        this.self = self;
        this.transport = new CountingTransport(transport, sentMessages);
        this.listener = listener;
        this.outgoing = outgoing;
        this.firstSequence = firstSequence;
        this.pace = new TokenPace(config);
        this.log = log;
        this.others = Sets.minus(config.nodes(), Sets.of(self));
        this.reservation = new Reservation(sequences, this);
        this.ringId = new RingId(self, reservation.first());
        this.highestRingSequence = ringId.sequence();
        this.installed = new Ring(ringId, Sets.of(), self, firstSequence);
    }

    void start(long now) {
        lastNow = now;
        nextShow = now;
        checkPauseLater(now);
        transition(new Gather(this, Proposal.of(Sets.of(self))), "looking for others", now);
    }

    void receive(SrpMessage message, long now) {
        lastNow = now;
        receivedMessages.count(message);
        if (timers.isDue(Timers.Name.TOKEN_LOSS, now)) {
            timers.cancel(Timers.Name.TOKEN_LOSS); // what waited in the socket meanwhile does not undo the loss
            state.onTimer(Timers.Name.TOKEN_LOSS, now);
        }
        if (message instanceof Token token) {
            state.onToken(token, now);
        } else if (message instanceof OrderedMessage ordered) {
            known(ordered.sender(), () -> state.onOrdered(ordered, now));
        } else if (message instanceof JoinMessage join) {
            known(join.sender(), () -> join(join, now));
        } else if (message instanceof CommitToken commit) {
            state.onCommitToken(commit, now);
        } else if (message instanceof MergeDetect merge) {
            known(merge.sender(), () -> state.onMergeDetect(merge, now));
        } else if (message instanceof HoldCancel cancel) {
            state.onHoldCancel(cancel, now);
        }
    }

    private void known(NodeId sender, Runnable input) {
        if (config.nodes().contains(sender)) {
            input.run();
        } else {
            count("unknown node");
        }
    }

    /** Join messages that waited while this process did not run speak of a past that is over. */
    private void join(JoinMessage join, long now) {
        boolean paused = now - lastPauseCheck > config.tokenTimeoutNanos() / 2;
        boolean unknown =
                !config.nodes().containsAll(join.processes()) || !config.nodes().containsAll(join.failed());
        if (paused || unknown || join.sender().equals(self)) {
            count(paused ? "join after pause" : unknown ? "join with unknown nodes" : "own join");
            return;
        }
        highestRingSequence = Math.max(highestRingSequence, join.ringSequence());
        state.onJoin(join, now);
    }

    void tick(long now) {
        lastNow = now;
        for (Optional<Timers.Name> due = timers.takeDue(now); due.isPresent(); due = timers.takeDue(now)) {
            switch (due.get()) {
                case PAUSE -> checkPauseLater(now);
                case RESERVATION -> fail("ring sequences could not be stored in time", now);
                default -> state.onTimer(due.get(), now);
            }
        }
    }

    void workToDo(long now) {
        lastNow = now;
        state.onWorkToDo(now);
    }

    /** Says good-bye and ends. */
    void leave(long now) {
        if (state instanceof Ended) {
            return;
        }
        toAll(new JoinMessage(self, installed.others, Sets.of(self), ringId.sequence(), true));
        transition(new Ended(this), "asked to leave", now);
        listener.left();
    }

    Map<String, Long> counters() {
        return new TreeMap<>(counters);
    }

    SortedMap<String, Long> sent() {
        return sentMessages.report();
    }

    SortedMap<String, Long> received() {
        return receivedMessages.report();
    }

    // what states ask for

    State state() {
        return state;
    }

    /** The only way from one state to another. */
    void transition(State next, String reason, long now) {
        log.info("{} -> {} ({})", state.name(), next.name(), reason);
        count("to " + next.name());
        state = next;
        next.enter(now);
    }

    void toAll(SrpMessage message) {
        transport.multicast(message, others);
    }

    /** An ordered message goes to all configured nodes once in a while, so that another ring notices this one. */
    void toMembers(Ring ring, OrderedMessage message) {
        boolean show = state instanceof Operational && lastNow - nextShow >= 0;
        if (show) {
            nextShow = lastNow + config.mergeNanos();
        }
        transport.multicast(message, show ? others : ring.others);
    }

    OrderedMessage ordered(Ring ring, int sequence, Outgoing source) {
        boolean encapsulated = !(state instanceof Operational);
        return SrpCodec.ordered(self, ring.id, sequence, sent++, encapsulated, source.next());
    }

    void deliver(Ring ring) {
        for (Optional<OrderedMessage> next = ring.nextToDeliver(); next.isPresent(); next = ring.nextToDeliver()) {
            ring.highDelivered++;
            handOver(next.get());
        }
    }

    /** Repeats were taken out when they came. */
    void handOver(OrderedMessage message) {
        if (!message.encapsulated()) {
            listener.delivered(message.sender(), message.payload());
        }
    }

    void install(Ring ring) {
        installed = ring;
        obligations = Sets.of();
        listener.regular(ring.id, ring.members);
    }

    /** A join message while a ring is forming counts only if its sender is part of that ring and has seen it. */
    void joinedWhileForming(JoinMessage join, Ring forming, Proposal proposal, long now) {
        boolean counts = forming.members.contains(join.sender()) && join.ringSequence() >= forming.id.sequence();
        if (counts) {
            Proposal merged = proposal.merge(join, self, installed.members);
            transition(new Gather(this, merged), join.sender() + " joins again", now);
            state.onJoin(join, now);
        }
    }

    void reserved() {
        timers.cancel(Timers.Name.RESERVATION);
        state.onReserved(lastNow);
    }

    void storageFailed() {
        fail("ring sequences could not be stored", lastNow);
    }

    void count(String event) {
        counters.merge(event, 1L, Long::sum);
    }

    private void fail(String reason, long now) {
        if (!(state instanceof Ended)) {
            transition(new Ended(this), reason, now);
            listener.failed(reason);
        }
    }

    private void checkPauseLater(long now) {
        lastPauseCheck = now;
        timers.set(Timers.Name.PAUSE, now + config.tokenTimeoutNanos() / PAUSE_CHECKS_PER_TOKEN_TIMEOUT);
    }
}
