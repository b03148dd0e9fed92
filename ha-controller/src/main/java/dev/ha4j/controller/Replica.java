package dev.ha4j.controller;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.controller.codec.LogEntry;
import dev.ha4j.controller.codec.Message;
import dev.ha4j.controller.command.Result;
import dev.ha4j.controller.command.StateCommand;
import dev.ha4j.controller.command.StateMachine;
import dev.ha4j.controller.exchange.Acknowledgements;
import dev.ha4j.controller.exchange.Exchange;
import dev.ha4j.controller.storage.Journal;
import dev.ha4j.quorum.VotingRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** This node's copy of the state: applies commands in an open epoch, writes them down, and knows what a quorum's disks have. */
final class Replica {

    private final NodeId self;
    private final Journal journal;
    private final Outbox outbox;
    private final SortedMap<Long, List<Runnable>> unacknowledged = new TreeMap<>();
    private ClusterState state;
    private Optional<Epoch> epoch = Optional.empty();

    /** The epoch that is open. */
    private static final class Epoch {
        final long ring;
        final Acknowledgements acknowledgements;
        long durableHere;
        boolean announcing;

        Epoch(long ring, Acknowledgements acknowledgements) {
            this.ring = ring;
            this.acknowledgements = acknowledgements;
        }
    }

    Replica(NodeId self, Journal journal, Outbox outbox, ClusterState initial) {
        this.self = self;
        this.journal = journal;
        this.outbox = outbox;
        this.state = initial;
    }

    ClusterState state() {
        return state;
    }

    boolean isOpen() {
        return epoch.isPresent();
    }

    /** Whether a command counts: it was given for the epoch that is open. */
    boolean isCurrent(long ring) {
        return epoch.isPresent() && epoch.get().ring == ring;
    }

    /** What was found on disk when the node started. */
    void recovered(ClusterState found) {
        state = found;
    }

    /** A newer state from another member takes the place of this one, in memory and then on disk. */
    void adopt(ClusterState newer) {
        state = newer;
        journal.checkpoint(newer, () -> {});
    }

    /** Writes down that this node follows the epoch, with its present state as the base. */
    void promise(long ring, Runnable durable) {
        journal.append(new LogEntry.Promised(ring, state.version()), durable);
        state = state.change().version(state.version().inEpoch(ring)).build();
    }

    /**
     * Writes down the present state as the base of an era, without following an epoch before the era has begun: this node is of
     * no quorum, and what is missing here must not become newer than what a quorum has acknowledged.
     */
    void confirm(Runnable durable) {
        journal.append(new LogEntry.Promised(state.version().epoch(), state.version()), durable);
    }

    /** Opens the epoch, with the command that all members derived alike. */
    Result.Applied open(Exchange exchange, Exchange.Decision decision) {
        long ring = exchange.view().sequence();
        epoch = Optional.of(new Epoch(
                ring, new Acknowledgements(exchange, decision, state.version().index())));
        Result result = apply(self, exchange.opening());
        if (result instanceof Result.Applied applied) {
            return applied;
        }
        throw new IllegalStateException("an epoch can't be refused: " + result);
    }

    /** The ring is gone: nothing is applied or acknowledged until the next epoch opens. */
    void closeEpoch() {
        epoch = Optional.empty();
        unacknowledged.clear();
    }

    Result apply(NodeId sender, StateCommand command) {
        Result result = StateMachine.apply(state, sender, command);
        if (result instanceof Result.Applied applied) {
            noteRules(applied.state());
            state = applied.state();
            write(new LogEntry.Applied(state.version(), sender, command));
        }
        return result;
    }

    private void noteRules(ClusterState next) {
        if (!next.voters().equals(state.voters())) {
            epoch.ifPresent(
                    open -> open.acknowledgements.rulesFrom(next.version().index(), VotingRules.of(next)));
        }
    }

    private void write(LogEntry.Applied entry) {
        long index = entry.version().index();
        epoch.ifPresent(open -> journal.append(entry, () -> written(open, index)));
        if (journal.isLong()) {
            journal.checkpoint(state, () -> {});
        }
    }

    /** Tells the others how far the disk is; once for all that became safe together. */
    private void written(Epoch open, long index) {
        open.durableHere = Math.max(open.durableHere, index);
        if (!open.announcing && isCurrent(open.ring)) {
            open.announcing = true;
            announceSoon(open);
        }
    }

    private void announceSoon(Epoch open) {
        journal.afterBatch(() -> {
            open.announcing = false;
            if (isCurrent(open.ring)) {
                outbox.send(new Message.Durable(open.ring, open.durableHere));
            }
        });
    }

    /** A member said how far its disk is. */
    void durable(NodeId node, long ring, long index) {
        if (!isCurrent(ring)) {
            return;
        }
        epoch.orElseThrow().acknowledgements.durable(node, ring, index);
        long upTo = acknowledgedIndex();
        List<Runnable> due = new ArrayList<>();
        SortedMap<Long, List<Runnable>> reached = unacknowledged.headMap(upTo + 1);
        reached.values().forEach(due::addAll);
        reached.clear();
        due.forEach(Runnable::run);
    }

    long acknowledgedIndex() {
        return epoch.map(open -> open.acknowledgements.acknowledgedIndex()).orElse(-1L);
    }

    /** Runs when a quorum's disks have this index, in the epoch that is open now; never if that epoch ends before. */
    void whenAcknowledged(long index, Runnable task) {
        if (isAcknowledged(index)) {
            task.run();
        } else if (isOpen()) {
            unacknowledged.computeIfAbsent(index, key -> new ArrayList<>()).add(task);
        }
    }

    boolean isAcknowledged(long index) {
        return isOpen() && acknowledgedIndex() >= index;
    }
}
