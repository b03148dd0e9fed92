package dev.ha4j.examples.demo.node;

import dev.ha4j.api.Term;
import dev.ha4j.examples.demo.judge.Act;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** What a leader does as long as it leads: one act per millisecond, each guarded by the term and carrying its token. */
final class Acting implements AutoCloseable {

    private static final long PAUSE_NANOS = 1_000_000;

    private final Term term;
    private final int node;
    private final AtomicLong sequence;
    private final DatagramChannel storage;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Act.BYTES);
    private final Thread thread;
    private volatile boolean over;

    private Acting(Term term, int node, AtomicLong sequence, DatagramChannel storage) {
        this.term = term;
        this.node = node;
        this.sequence = sequence;
        this.storage = storage;
        this.thread = new Thread(this::actWhileLeading, "acting-" + term.token());
    }

    /** Begins to act towards a storage on this machine; port 0 for a leader that does nothing. */
    static AutoCloseable begin(Term term, int node, AtomicLong sequence, int storagePort) throws IOException {
        if (storagePort == 0) {
            return () -> {};
        }
        DatagramChannel storage = DatagramChannel.open();
        storage.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), storagePort));
        Acting acting = new Acting(term, node, sequence, storage);
        acting.thread.start();
        return acting;
    }

    private void actWhileLeading() {
        long pid = ProcessHandle.current().pid();
        while (!over) {
            if (term.isHeld()) {
                act(new Act(term.token(), node, pid, sequence.getAndIncrement(), System.nanoTime()));
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void act(Act act) {
        buffer.clear();
        act.writeTo(buffer);
        try {
            storage.write(buffer.flip());
        } catch (IOException e) {
            System.err.println("act " + act + " failed: " + e);
        }
    }

    /** Returns when the last act is done. */
    @Override
    public void close() throws IOException {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        storage.close();
    }
}
