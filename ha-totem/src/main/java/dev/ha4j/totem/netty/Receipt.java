package dev.ha4j.totem.netty;

import dev.ha4j.totem.SendOutcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What the caller of {@link UdpRing#sendAsync} waits for. Its message counts in its lane until that is known, on the loop. */
final class Receipt {

    private final SubmissionBuffer lane;
    private final int bytes;
    private final CompletableFuture<SendOutcome> outcome = new CompletableFuture<>();

    Receipt(SubmissionBuffer lane, int bytes) {
        this.lane = lane;
        this.bytes = bytes;
    }

    CompletionStage<SendOutcome> outcome() {
        return outcome;
    }

    void settle(SendOutcome known) {
        lane.settled(bytes);
        outcome.complete(known);
    }

    void unsent() {
        lane.settled(bytes);
        outcome.completeExceptionally(new IllegalStateException("the ring was closed before it took the message"));
    }
}
