package dev.ha4j.controller;

import dev.ha4j.api.state.VoterChange;
import dev.ha4j.controller.command.StateCommand;
import dev.ha4j.controller.command.StateCommand.CompleteVoterChange;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** What the designated controller does so that a change of the voters gets on: it ends when a quorum by both rules has it on disk. */
final class VoterSteps {

    private final Replica replica;
    private final Consumer<StateCommand> give;
    private final LongSupplier wallMillis;
    private Optional<VoterChange> awaited = Optional.empty();

    VoterSteps(Replica replica, Consumer<StateCommand> give, LongSupplier wallMillis) {
        this.replica = replica;
        this.give = give;
        this.wallMillis = wallMillis;
    }

    /** What was awaited in an earlier epoch will not be told any more. */
    void epochOpened() {
        awaited = Optional.empty();
        stateChanged();
    }

    void stateChanged() {
        Optional<VoterChange> change = replica.state().voters().change();
        if (!change.equals(awaited)) {
            awaited = change;
            change.ifPresent(begun -> replica.whenAcknowledged(firstStep(begun), () -> complete(begun)));
        }
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
}
