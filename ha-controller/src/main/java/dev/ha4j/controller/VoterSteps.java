package dev.ha4j.controller;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.Unblocking;
import dev.ha4j.api.state.VoterChange;
import dev.ha4j.api.state.VoterLedger;
import dev.ha4j.controller.command.Downscale;
import dev.ha4j.controller.command.StateCommand;
import dev.ha4j.controller.command.StateCommand.CompleteVoterChange;
import dev.ha4j.controller.command.StateCommand.EndUnblocking;
import dev.ha4j.controller.command.StateCommand.ExcuseVoters;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What the designated controller does about the voters: a change ends when a quorum by both rules has it on disk, and those who
 * are missing for long enough, or leave cleanly, are no longer expected where the options say so.
 */
final class VoterSteps {

    private final Replica replica;
    private final Clock clock;
    private final Consumer<StateCommand> give;
    private final LongSupplier wallMillis;
    private Optional<VoterChange> awaited = Optional.empty();
    private Optional<SortedSet<NodeId>> asked = Optional.empty();
    private Optional<Unblocking> watched = Optional.empty();
    private boolean windowIsOver;

    /** Runs things later, in this epoch. */
    @FunctionalInterface
    interface Clock {
        void after(long nanos, Runnable task);
    }

    VoterSteps(Replica replica, Clock clock, Consumer<StateCommand> give, LongSupplier wallMillis) {
        this.replica = replica;
        this.clock = clock;
        this.give = give;
        this.wallMillis = wallMillis;
    }

    /** What was awaited in an earlier epoch will not be told any more; whoever is missing is so from now on. */
    void epochOpened() {
        awaited = Optional.empty();
        asked = Optional.empty();
        windowIsOver = false;
        state().policy()
                .quorum()
                .lastManStanding()
                .ifPresent(window -> clock.after(window.toNanos(), () -> {
                    windowIsOver = true;
                    stateChanged();
                }));
        watched = Optional.empty();
        stateChanged();
    }

    void stateChanged() {
        Optional<VoterChange> change = state().voters().change();
        if (!change.equals(awaited)) {
            awaited = change;
            change.ifPresent(begun -> replica.whenAcknowledged(firstStep(begun), () -> complete(begun)));
        }
        if (change.isEmpty()) {
            excuse();
        }
        watchUnblocking();
    }

    /** Those whom an operator declared down are expected again when her time is over. */
    private void watchUnblocking() {
        VoterLedger voters = state().voters();
        boolean runs = voters.isUnblocked() && voters.change().isEmpty();
        Optional<Unblocking> word = voters.unblocking().filter(present -> runs);
        if (!word.equals(watched)) {
            watched = word;
            word.ifPresent(begun -> endLater(begun, begun.untilMillis() - wallMillis.getAsLong()));
        }
    }

    private void endLater(Unblocking begun, long leftMillis) {
        clock.after(Duration.ofMillis(Math.max(1, leftMillis)).toNanos(), () -> {
            if (watched.equals(Optional.of(begun))) {
                give.accept(new EndUnblocking(Math.max(begun.untilMillis(), wallMillis.getAsLong())));
            }
        });
    }

    /** What has to be safe before the second step. */
    private static long firstStep(VoterChange change) {
        return change.since().index();
    }

    private void complete(VoterChange begun) {
        if (awaited.equals(Optional.of(begun))) {
            give.accept(new CompleteVoterChange(begun.since().index(), wallMillis.getAsLong()));
        }
    }

    /** Asked once: if those who are here would not be quorate without the others, it is refused until something changes. */
    private void excuse() {
        SortedSet<NodeId> wanted = Downscale.wanted(state(), windowIsOver);
        if (wanted.equals(state().voters().excused())) {
            asked = Optional.empty();
        } else if (!asked.equals(Optional.of(wanted))) {
            asked = Optional.of(wanted);
            give.accept(new ExcuseVoters(wanted, wallMillis.getAsLong()));
        }
    }

    private ClusterState state() {
        return replica.state();
    }
}
