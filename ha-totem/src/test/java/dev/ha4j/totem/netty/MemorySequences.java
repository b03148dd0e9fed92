package dev.ha4j.totem.netty;

import dev.ha4j.totem.RingSequences;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Outlives the ring, not the test. */
record MemorySequences(AtomicLong disk) implements RingSequences {

    MemorySequences() {
        this(new AtomicLong());
    }

    @Override
    public long reservedUpTo() {
        return disk.get();
    }

    @Override
    public void reserve(long upTo, Consumer<Boolean> done) {
        disk.set(upTo);
        done.accept(true);
    }
}
