package dev.ha4j.controller;

import dev.ha4j.api.state.StateVersion;
import dev.ha4j.controller.codec.Message;
import dev.ha4j.controller.codec.Message.WordSpoken;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * What operators tell this node while there is no quorum, so that the partition goes on; one word at a time. It is refused, or
 * applied when the epoch that it opens is on the disks of those who then are a quorum.
 */
final class OperatorWords {

    private static final String RING_GONE =
            "the ring changed before it was decided: look whether there is a quorum now";

    private final Replica replica;
    private final Consumer<Message> send;
    private OptionalLong ring = OptionalLong.empty();
    private Optional<Consumer<RequestResult>> waiting = Optional.empty();

    OperatorWords(Replica replica, Consumer<Message> send) {
        this.replica = replica;
        this.send = send;
    }

    void say(QuorumWord word, Consumer<RequestResult> done) {
        if (waiting.isPresent()) {
            done.accept(new RequestResult.Refused("another word is being considered"));
        } else if (replica.isOpen()) {
            done.accept(new RequestResult.Refused("there is a quorum: nothing is blocked"));
        } else if (ring.isEmpty()) {
            done.accept(new RequestResult.Refused("this node is in no ring yet: ask again"));
        } else {
            waiting = Optional.of(done);
            send.accept(new WordSpoken(ring.getAsLong(), word));
        }
    }

    /** What all members made of this node's word. If it holds, the answer comes with the epoch. */
    void answered(Optional<String> refusal) {
        refusal.ifPresent(reason -> answer(new RequestResult.Refused(reason)));
    }

    void epochOpened(StateVersion version) {
        if (waiting.isPresent()) {
            replica.whenAcknowledged(version.index(), () -> answer(new RequestResult.Applied(version)));
        }
    }

    /** Nobody here will hear what became of what was told in the last ring. */
    void epochClosed() {
        answer(new RequestResult.Indeterminate(RING_GONE));
    }

    void regular(RingView view) {
        ring = OptionalLong.of(view.sequence());
    }

    private void answer(RequestResult result) {
        Optional<Consumer<RequestResult>> done = waiting;
        waiting = Optional.empty();
        done.ifPresent(asker -> asker.accept(result));
    }
}
