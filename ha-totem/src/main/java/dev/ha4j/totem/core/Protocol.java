package dev.ha4j.totem.core;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.RingTime;
import dev.ha4j.totem.CommitToken;
import dev.ha4j.totem.DeliveryGuarantee;
import dev.ha4j.totem.HoldCancel;
import dev.ha4j.totem.JoinMessage;
import dev.ha4j.totem.Lane;
import dev.ha4j.totem.MergeDetect;
import dev.ha4j.totem.RecoveryMessage;
import dev.ha4j.totem.RegularConfiguration;
import dev.ha4j.totem.RegularMessage;
import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.RingId;
import dev.ha4j.totem.RingListener;
import dev.ha4j.totem.RingReport;
import dev.ha4j.totem.RingSequences;
import dev.ha4j.totem.RingTransport;
import dev.ha4j.totem.Scope;
import dev.ha4j.totem.Submission;
import dev.ha4j.totem.Token;
import dev.ha4j.totem.TokenLoan;
import dev.ha4j.totem.TotemMessage;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;

/** One node's protocol: dispatches inputs to the current state, and holds what outlives states. */
public final class Protocol {

    /** Own rings that are remembered, so that their late packets are not taken for a ring to merge with. */
    private static final int REMEMBERED_RINGS = 8;

    private static final int PAUSE_CHECKS_PER_TOKEN_TIMEOUT = 5;

    /** Whatever comes in shows that this process runs: the timer is for when nothing does. */
    private static final int PAUSE_NOTES_PER_TOKEN_TIMEOUT = 10;

    final Logger log;
    final RingConfig config;
    final NodeId self;
    final RingTransport transport;
    final LossTimeout lossTimeout;
    final TokenPace pace;
    final RingListener listener;
    final RandomGenerator random;
    final Timers timers = new Timers();
    final SendQueue queue;
    final Deliverer deliverer;
    final Peers peers;
    final Reservation reservation;

    /** Good-byes heard since the last installed ring. */
    final TreeSet<NodeId> leftCleanly = new TreeSet<>();

    /** The last installed ring. */
    Ring installed;

    long highestRingSequence;
    long lastCommitSequence;
    int ownWindow;
    private final long pauseNoteNanos;
    private int windowMost;
    private double windowFraction = 1;

    private Optional<NodeId> successor = Optional.empty();
    private final ArrayDeque<RingId> ownRings = new ArrayDeque<>();
    private final Map<String, Long> counters = new TreeMap<>();
    private final MessageCounts sent = new MessageCounts();
    private final MessageCounts received = new MessageCounts();

    /** Whom each peer named last that is not configured here. */
    private final Map<NodeId, SortedSet<NodeId>> strangers = new TreeMap<>();

    private final Map<NodeId, SortedSet<NodeId>> disowned = new TreeMap<>();

    private State state;
    private long lastNow;
    private long lastPauseCheck;

    public Protocol(
            RingConfig config,
            NodeId self,
            RingSequences sequences,
            RingTransport transport,
            RingListener listener,
            RandomGenerator random,
            Logger log) {
        this.config = config;
        this.self = self;
        this.transport = new CountingTransport(transport, sent);
        this.lossTimeout = new LossTimeout(config);
        this.pace = new TokenPace(lossTimeout);
        this.listener = listener;
        this.random = random;
        this.log = log;
        this.queue = new SendQueue(config);
        this.deliverer = new Deliverer(self, queue, listener);
        this.peers = new Peers(config, lossTimeout, self, 0);
        this.reservation = new Reservation(sequences, config, new StorageOutcome());
        this.installed = new Ring(new RingView(new RingId(self, 0), Sets.of(self)), config);
        this.ownWindow = config.flow().windowMessages();
        this.windowMost = config.flow().windowMessages();
        this.pauseNoteNanos = config.nanos(RingTime.DETECTION_FLOOR) / PAUSE_NOTES_PER_TOKEN_TIMEOUT;
        this.state = new Starting(this);
    }

    public void start(long now) {
        lastNow = now;
        reservation.begin();
        peers.forgetSilence(now);
        checkPauseLater(now);
        state.enter(now);
    }

    public void receive(NodeId from, TotemMessage message, long now) {
        if (!peers.knows(from)) {
            count("unknown sender");
            return;
        }
        boolean paused = noteTime(now);
        received.count(message);
        heard(from, now);
        loseTokenIfDue(now);
        dispatch(from, message, paused, now);
    }

    /** What waited meanwhile, in the socket or in a timer, does not undo the loss. */
    private void loseTokenIfDue(long now) {
        if (timers.isDue(Timers.Name.TOKEN_LOSS, now)) {
            timers.cancel(Timers.Name.TOKEN_LOSS);
            state.onTimer(Timers.Name.TOKEN_LOSS, now);
        }
    }

    private void dispatch(NodeId from, TotemMessage message, boolean paused, long now) {
        if (message instanceof Token token) {
            state.onToken(token, now);
        } else if (message instanceof TokenLoan loan) {
            state.onLoan(loan, now);
        } else if (message instanceof RegularMessage regular) {
            state.onRegular(from, regular, now);
        } else if (message instanceof JoinMessage join) {
            join(from, join, paused, now);
        } else if (message instanceof CommitToken commit) {
            state.onCommitToken(commit, now);
        } else if (message instanceof RecoveryMessage recovery) {
            state.onRecovery(from, recovery, now);
        } else if (message instanceof MergeDetect merge && merge.sender().equals(from)) {
            state.onMergeDetect(merge, now);
        } else if (message instanceof HoldCancel cancel) {
            state.onHoldCancel(from, cancel, now);
        }
    }

    /** Join messages that waited while this process did not run speak of a past that is over. */
    private void join(NodeId from, JoinMessage join, boolean paused, long now) {
        boolean stale = installed.view.members().contains(from)
                && join.ringSequence() < installed.view.id().sequence();
        if (paused || stale || !join.sender().equals(from)) {
            count(paused ? "join after pause" : stale ? "stale join" : "forged join");
            return;
        }
        sawRingSequence(join.ringSequence());
        strangers.put(from, peers.unknown(join.processes()));
        disowns(from, join);
        state.onJoin(join, now);
    }

    /** What a join says of nobody stays as it was said before: the next may be about fewer. */
    private void disowns(NodeId from, JoinMessage join) {
        SortedSet<NodeId> before = disowned.getOrDefault(from, Collections.emptySortedSet());
        disowned.put(from, Sets.union(Sets.minus(before, join.processes()), knownAmong(join.unknown())));
    }

    public void heard(NodeId peer, long now) {
        noteTime(now);
        if (peers.heard(peer, now)) {
            count("false suspicion");
            state.onSuspicionRefuted(peer, now);
        }
    }

    public void refused(NodeId peer, long now) {
        noteTime(now);
        if (peers.refused(peer, now)) {
            state.onRefused(peer, now);
        }
    }

    public void changeNodes(SortedSet<NodeId> nodes, long now) {
        noteTime(now);
        peers.change(nodes, now);
        strangers.clear();
        disowned.keySet().retainAll(nodes);
        state.onNodesChanged(now);
    }

    public void tick(long now) {
        noteTime(now);
        loseTokenIfDue(now);
        for (Optional<Timers.Name> due = timers.takeDue(now); due.isPresent(); due = timers.takeDue(now)) {
            onTimer(due.get(), now);
        }
    }

    private void onTimer(Timers.Name timer, long now) {
        switch (timer) {
            case PAUSE -> checkPauseLater(now);
            case RESERVATION -> fail("ring sequences could not be stored in time", now);
            default -> state.onTimer(timer, now);
        }
    }

    public long nextDeadline() {
        return timers.next();
    }

    public Submission submit(Lane lane, DeliveryGuarantee guarantee, byte[] payload, long now) {
        if (state instanceof Ended || state instanceof Leaving) {
            return new Submission.WouldBlock();
        }
        Submission submission = queue.submit(lane, guarantee, payload);
        if (submission instanceof Submission.Accepted) {
            state.onWorkToDo(now);
        }
        return submission;
    }

    public void advertiseWindow(double fractionOfFull) {
        windowFraction = Math.max(0, Math.min(1, fractionOfFull));
        changeWindow();
    }

    public void adapt(int packetBytes, int windowMessages) {
        queue.adapt(packetBytes);
        windowMost = Math.max(1, Math.min(config.flow().windowMessages(), windowMessages));
        changeWindow();
    }

    private void changeWindow() {
        int window = (int) Math.ceil(windowFraction * windowMost);
        boolean wider = ownWindow < window;
        ownWindow = window;
        if (wider) {
            state.onWorkToDo(lastNow);
        }
    }

    public boolean isDrained() {
        return queue.isDrained();
    }

    public void leave(long now) {
        if (state instanceof Ended || state instanceof Leaving) {
            return;
        }
        noteTime(now);
        transition(new Leaving(this), "asked to leave", now);
    }

    public Optional<NodeId> successor() {
        return successor;
    }

    public RingReport report() {
        Optional<RingId> ring = ownRings.isEmpty() ? Optional.empty() : Optional.of(installed.view.id());
        return new RingReport(
                state.name(),
                ring,
                installed.view.members(),
                peers.suspects(installed.view.members(), lastNow),
                installed.store.receivedUpTo(),
                installed.highDelivered,
                queue.messages(),
                all(strangers),
                knownAmong(all(disowned)),
                pace.report(lastNow),
                sent.report(),
                received.report(),
                Collections.unmodifiableMap(new TreeMap<>(counters)));
    }

    private SortedSet<NodeId> knownAmong(SortedSet<NodeId> nodes) {
        return Sets.minus(nodes, peers.unknown(nodes));
    }

    private static SortedSet<NodeId> all(Map<NodeId, SortedSet<NodeId>> saidByOthers) {
        TreeSet<NodeId> all = new TreeSet<>();
        saidByOthers.values().forEach(all::addAll);
        return Collections.unmodifiableSortedSet(all);
    }

    // what states ask for

    State state() {
        return state;
    }

    /** The only way from one state to another. */
    void transition(State next, String reason, long now) {
        log.info("{} -> {} ({})", state.name(), next.name(), reason);
        count("to " + next.name());
        boolean dissolved = state instanceof Operational && next instanceof Gather;
        state = next;
        if (dissolved) {
            listener.gathering(reason);
        }
        next.enter(now);
    }

    TokenRotation rotation(Ring ring) {
        Scope members = new Scope.RingMembers(ring.view.without(self));
        return new TokenRotation(
                config, self, ring, new TokenRotation.Outputs(message -> transport.multicast(message, members)), pace);
    }

    /** Whether the message is new; only members' messages have a place on their ring. */
    boolean store(Ring ring, long sequence, NodeId sender, TotemMessage message) {
        return ring.view.members().contains(sender) && ring.add(sequence, sender, message);
    }

    /** Whether a packet of that ring shows that there is somebody to merge with, and not just that it was slow. */
    boolean isForeign(RingId ring, NodeId from) {
        boolean late = installed.view.members().contains(from) && ring.compareTo(installed.view.id()) < 0;
        return !late && !ownRings.contains(ring);
    }

    void sawRingSequence(long sequence) {
        highestRingSequence = Math.max(highestRingSequence, sequence);
    }

    /** A join message while a ring is forming counts only if its sender is part of that ring and has seen it. */
    void rejoinWhileForming(
            RingView forming, SortedSet<NodeId> processes, SortedSet<NodeId> failed, JoinMessage join, long now) {
        boolean concerns = forming.members().contains(join.sender())
                && (join.leaving() || join.ringSequence() >= forming.id().sequence());
        if (concerns) {
            transition(new Gather(this, processes, failed), join.sender() + " joins again", now);
            state.onJoin(join, now);
        }
    }

    void awaitReservation(long now) {
        if (!timers.isSet(Timers.Name.RESERVATION)) {
            timers.set(Timers.Name.RESERVATION, now + config.nanos(RingTime.RESERVATION_TIMEOUT));
        }
    }

    void installFirst(long now) {
        SortedSet<NodeId> alone = Sets.of(self);
        RingId first = new RingId(self, reservation.first());
        sawRingSequence(first.sequence());
        lastCommitSequence = first.sequence();
        install(new Ring(new RingView(first, alone), config), Sets.of(), Sets.of(), Sets.of());
        transition(new Gather(this, alone, Sets.of()), "looking for others", now);
    }

    void install(Ring ring, SortedSet<NodeId> cameAlong, SortedSet<NodeId> left, SortedSet<NodeId> cleanly) {
        lossTimeout.installed(ring.view.members().equals(installed.view.members()), lastNow);
        installed = ring;
        successor = ring.view.isAlone() ? Optional.empty() : Optional.of(ring.view.nextAfter(self));
        leftCleanly.clear();
        peers.settle();
        ownRings.addLast(ring.view.id());
        if (ownRings.size() > REMEMBERED_RINGS) {
            ownRings.removeFirst();
        }
        queue.restart().forEach(listener::indeterminate);
        SortedSet<NodeId> members = ring.view.members();
        listener.regular(
                new RegularConfiguration(ring.view.id(), members, Sets.minus(members, cameAlong), left, cleanly));
    }

    void endCleanly(long now) {
        transition(new Ended(this), "left", now);
        queue.drain().forEach(listener::indeterminate);
        listener.left();
    }

    void count(String event) {
        counters.merge(event, 1L, Long::sum);
    }

    private void fail(String reason, long now) {
        if (!(state instanceof Ended)) {
            transition(new Ended(this), reason, now);
            queue.drain().forEach(listener::indeterminate);
            listener.failed(reason);
        }
    }

    /** Whether this process did not run for a while; then silence of others means nothing. */
    private boolean noteTime(long now) {
        lastNow = now;
        boolean paused = now - lastPauseCheck > config.nanos(RingTime.PAUSE_THRESHOLD);
        if (paused) {
            peers.forgetSilence(now);
        } else if (timers.isSet(Timers.Name.PAUSE) && now - lastPauseCheck >= pauseNoteNanos) {
            checkPauseLater(now);
        }
        return paused;
    }

    private void checkPauseLater(long now) {
        lastPauseCheck = now;
        timers.set(Timers.Name.PAUSE, now + config.nanos(RingTime.DETECTION_FLOOR) / PAUSE_CHECKS_PER_TOKEN_TIMEOUT);
    }

    private final class StorageOutcome implements Reservation.Outcome {
        @Override
        public void reserved() {
            if (!reservation.isPending()) {
                timers.cancel(Timers.Name.RESERVATION);
            }
            state.onReserved(lastNow);
        }

        @Override
        public void refused() {
            fail("ring sequences could not be stored", lastNow);
        }
    }
}
