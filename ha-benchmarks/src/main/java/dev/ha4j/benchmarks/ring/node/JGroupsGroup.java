package dev.ha4j.benchmarks.ring.node;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Collectors;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.jgroups.Receiver;
import org.jgroups.View;
import org.jspecify.annotations.Nullable;

/** JGroups with SEQUENCER, over TCP or over UDP with IP multicast; not encrypted. */
final class JGroupsGroup implements Group {

    private final String stack;
    private final int self;
    private final List<InetSocketAddress> addresses;
    private @Nullable JChannel channel;

    JGroupsGroup(String stack, int self, List<InetSocketAddress> addresses) {
        this.stack = stack;
        this.self = self;
        this.addresses = addresses;
    }

    @Override
    public void join(Sink sink) throws Exception {
        InetSocketAddress own = addresses.get(self - 1);
        System.setProperty("benchmark.bind_addr", own.getHostString());
        System.setProperty("benchmark.bind_port", Integer.toString(own.getPort()));
        System.setProperty("benchmark.hosts", initialHosts());
        System.setProperty(
                "benchmark.mcast_port", Integer.toString(addresses.get(0).getPort()));
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
        return addresses.stream()
                .map(address -> address.getHostString() + "[" + address.getPort() + "]")
                .collect(Collectors.joining(","));
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
