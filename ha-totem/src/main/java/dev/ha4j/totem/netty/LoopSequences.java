package dev.ha4j.totem.netty;

import dev.ha4j.totem.RingSequences;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Brings the answers of the disk onto the loop. */
record LoopSequences(RingSequences sequences, Executor loop) implements RingSequences {

    @Override
    public long reservedUpTo() {
        return sequences.reservedUpTo();
    }

    @Override
    public void reserve(long upTo, Consumer<Boolean> done) {
        sequences.reserve(upTo, stored -> loop.execute(() -> done.accept(stored)));
    }
}
