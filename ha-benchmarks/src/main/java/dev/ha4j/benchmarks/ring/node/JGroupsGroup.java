package dev.ha4j.benchmarks.ring.node;

import java.io.IOException;
import java.io.InputStream;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.View;
import org.jspecify.annotations.Nullable;

/** JGroups with SEQUENCER, over TCP or over UDP with IP multicast; not encrypted. */
final class JGroupsGroup implements Group {

    private static final String LOOPBACK = "127.0.0.1";

    private final String stack;
    private final int self;
    private final int[] ports;
    private @Nullable JChannel channel;

    JGroupsGroup(String stack, int self, int[] ports) {
        this.stack = stack;
        this.self = self;
        this.ports = ports.clone();
    }

    @Override
    public void join(Sink sink) throws Exception {
        System.setProperty("benchmark.bind_port", Integer.toString(ports[self - 1]));
        System.setProperty("benchmark.hosts", initialHosts());
        System.setProperty("benchmark.mcast_port", Integer.toString(ports[0]));
        Joined joined = new Joined(sink);
        try (InputStream configuration =
                BenchmarkNode.class.getResourceAsStream("/dev/ha4j/benchmarks/ring/" + stack + ".xml")) {
            channel = new JChannel(configuration);
        }
        channel.setReceiver(joined);
        channel.connect("benchmark");
        joined.await();
    }

    private String initialHosts() {
        StringBuilder hosts = new StringBuilder();
        for (int port : ports) {
            hosts.append(hosts.isEmpty() ? "" : ",")
                    .append(LOOPBACK)
                    .append('[')
                    .append(port)
                    .append(']');
        }
        return hosts.toString();
    }

    @Override
    public void send(byte[] message) throws Exception {
        if (channel == null) {
            throw new IllegalStateException("not joined");
        }
        channel.send(new BytesMessage(null, message, 0, message.length));
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    private static final class Joined implements Receiver {
        private final Sink sink;
        private boolean complete;

        Joined(Sink sink) {
            this.sink = sink;
        }

        @Override
        public void receive(Message message) {
            sink.delivered(message.getArray(), message.getOffset());
        }

        @Override
        public synchronized void viewAccepted(View view) {
            complete = view.size() == SIZE;
            notifyAll();
        }

        synchronized void await() throws InterruptedException {
            while (!complete) {
                wait();
            }
        }
    }
}
