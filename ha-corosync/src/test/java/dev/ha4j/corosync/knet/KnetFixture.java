package dev.ha4j.corosync.knet;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.LinkPolicy;
import dev.ha4j.corosync.KnetSecurity;
import dev.ha4j.corosync.KnetSecurity.Cipher;
import dev.ha4j.corosync.KnetSecurity.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Three nodes with two links each, in virtual time: what a node sends arrives at once, unless it is lost. */
public final class KnetFixture {

    public static final KnetSecurity SECURE = new KnetSecurity(Cipher.AES256, Hash.SHA256, key());
    public static final KnetSecurity SIGNED = new KnetSecurity(Cipher.NONE, Hash.SHA384, key());

    static final long MILLI = 1_000_000;
    static final int FRAGMENT_BYTES = 1_000;

    final TreeMap<NodeId, Node> nodes = new TreeMap<>();
    final List<KnetPacket> lost = new ArrayList<>();
    Predicate<Path> broken = path -> false;
    Predicate<KnetPacket> lose = packet -> false;
    int copies = 1;
    long now = -5;

    /** The key of what was captured. */
    public static KnetSecurity.Key key() {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (7 * i + 3);
        }
        return KnetSecurity.Key.of(bytes);
    }

    public KnetFixture() {
        this(LinkPolicy.PASSIVE);
    }

    KnetFixture(LinkPolicy policy) {
        for (int id = 1; id <= 3; id++) {
            restart(id, policy);
        }
    }

    void restart(int id, LinkPolicy policy) {
        LinkSettings link = new LinkSettings(1, 250 * MILLI, 500 * MILLI, 2);
        Set<NodeId> all = Set.of(NodeId.of(1), NodeId.of(2), NodeId.of(3));
        nodes.put(
                NodeId.of(id),
                new Node(
                        NodeId.of(id),
                        new KnetSettings(new TreeSet<>(all), List.of(link, link), policy, FRAGMENT_BYTES)));
    }

    Node node(int id) {
        return nodes.get(NodeId.of(id));
    }

    /** Node 1 takes in whatever it is, as from node 2. */
    public void receive(KnetPacket packet) {
        run(1_000);
        node(1).knet.receive(new Path(packet.source(), 0), packet, now);
    }

    void run(int millis) {
        for (int i = 0; i < millis; i += 10) {
            now += 10 * MILLI;
            nodes.values().forEach(node -> node.knet.tick(now));
        }
    }

    final class Node implements KnetOutput {
        final NodeId self;
        final Knet knet;
        final List<byte[]> frames = new ArrayList<>();
        final List<String> changes = new ArrayList<>();
        final TreeMap<String, Integer> counters = new TreeMap<>();
        final TreeMap<Integer, Integer> fragmentsByLink = new TreeMap<>();

        Node(NodeId self, KnetSettings settings) {
            this.self = self;
            this.knet = new Knet(self, settings, this);
        }

        @Override
        public void send(KnetPacket packet, List<Path> paths) {
            for (Path path : paths) {
                if (packet instanceof KnetPacket.Fragment) {
                    fragmentsByLink.merge(path.link(), 1, Integer::sum);
                }
                boolean cut = broken.test(path) || broken.test(new Path(self, path.link()));
                if (cut || lose.test(packet)) {
                    lost.add(packet);
                    continue;
                }
                for (int i = 0; i < copies; i++) {
                    nodes.get(path.node()).knet.receive(new Path(self, path.link()), packet, now);
                }
            }
        }

        @Override
        public void deliver(NodeId source, byte[] frame) {
            frames.add(frame);
        }

        @Override
        public void linkChanged(Path path, boolean connected) {
            changes.add(path.node() + "/" + path.link() + (connected ? " up" : " down"));
        }

        @Override
        public void count(String event) {
            counters.merge(event, 1, Integer::sum);
        }

        void multicast(byte[] frame) {
            TreeSet<NodeId> others = new TreeSet<>(nodes.keySet());
            others.remove(self);
            knet.multicast(frame, others, now);
        }
    }
}
