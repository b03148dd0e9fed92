package dev.ha4j.benchmarks.ring.node;

import java.io.IOException;

/** Three processes that deliver the same messages in the same order. */
interface Group extends AutoCloseable {

    int SIZE = 3;

    /** Takes what was ordered; called by one thread at a time. */
    interface Sink {
        void delivered(byte[] buffer, int offset);
    }

    /** Blocks until all three are members. */
    void join(Sink sink) throws Exception;

    /** Multicasts to all, the sender included; blocks while too much is under way. The array is not used again by the caller. */
    void send(byte[] message) throws Exception;

    /** Begins to watch what disturbs the group. */
    default Watch watch() throws Exception {
        throw new UnsupportedOperationException("only ha4j tells");
    }

    @Override
    void close() throws IOException;
}
