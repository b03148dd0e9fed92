package dev.ha4j.corosync.node;

import dev.ha4j.api.NodeId;
import dev.ha4j.corosync.CorosyncConf;
import dev.ha4j.corosync.CorosyncConfig;
import dev.ha4j.corosync.CorosyncListener;
import dev.ha4j.corosync.CpgChange;
import dev.ha4j.corosync.CpgListener;
import dev.ha4j.corosync.CpgMember;
import dev.ha4j.corosync.QuorumView;
import dev.ha4j.totem.RingId;
import dev.ha4j.totem.netty.FileRingSequences;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * A JVM in the ring that takes the check's orders on standard input; the client of the real daemons ({@code member.c}) understands the same
 * ones and answers alike.
 *
 * <pre>
 *   send PHASE COUNT BYTES   sends messages 1 to COUNT, then answers "sent PHASE"
 *   report PHASE             answers "phase PHASE DELIVERED CHECKSUM", and "/NODE:LAST:GAPS" for each sender
 * </pre>
 *
 * The checksum runs over sender and number of each message, in the order of delivery. A gap is a message whose number is not the next one of
 * its sender.
 */
final class LoadMember implements CorosyncListener, CpgListener {

    private static final String GROUP = "interop";
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final int HEADER_BYTES = 8;

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
    private final TreeMap<Integer, Phase> phases = new TreeMap<>();

    private static final class Phase {
        private final TreeMap<NodeId, Integer> last = new TreeMap<>();
        private final TreeMap<NodeId, Integer> gaps = new TreeMap<>();
        private long checksum = FNV_OFFSET;
        private long delivered;

        void add(NodeId sender, int number) {
            int before = last.getOrDefault(sender, 0);
            gaps.merge(sender, number == before + 1 ? 0 : 1, Integer::sum);
            last.put(sender, number);
            delivered++;
            checksum = (checksum ^ sender.value()) * FNV_PRIME;
            checksum = (checksum ^ number) * FNV_PRIME;
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            text.append(delivered).append(' ').append(Long.toHexString(checksum));
            last.forEach((sender, number) -> text.append(" /")
                    .append(sender)
                    .append(':')
                    .append(number)
                    .append(':')
                    .append(gaps.get(sender)));
            return text.toString();
        }
    }

    public static void main(String[] arguments) throws Exception {
        new LoadMember().run(Path.of(arguments[0]), Integer.parseInt(arguments[1]), Path.of(arguments[2]));
    }

    private void run(Path conf, int self, Path sequencesFile) throws Exception {
        CorosyncConfig config = CorosyncConf.read(conf, self);
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        try (FileRingSequences sequences = FileRingSequences.open(sequencesFile);
                CorosyncNode node = CorosyncNode.start(config, sequences, this);
                CpgGroup group = node.join(GROUP, this)) {
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                String[] words = order.split(" ", -1);
                switch (words[0]) {
                    case "send" -> send(group, words);
                    case "report" -> report(Integer.parseInt(words[1]));
                    case "node" -> node.report().thenAccept(report -> out.println("node " + report));
                    default -> out.println("unknown order: " + order);
                }
            }
        }
    }

    private void send(CpgGroup group, String[] words) throws InterruptedException {
        int phase = Integer.parseInt(words[1]);
        int count = Integer.parseInt(words[2]);
        int bytes = Math.max(HEADER_BYTES, Integer.parseInt(words[3]));
        for (int number = 1; number <= count; number++) {
            byte[] payload = new byte[bytes];
            ByteBuffer.wrap(payload)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(phase)
                    .putInt(number);
            group.send(payload);
        }
        out.println("sent " + phase);
    }

    private void report(int phase) {
        synchronized (phases) {
            out.println("phase " + phase + " " + phases.computeIfAbsent(phase, number -> new Phase()));
        }
    }

    @Override
    public void delivered(CpgMember sender, byte[] payload) {
        ByteBuffer in = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
        int phase = in.getInt();
        int number = in.getInt();
        synchronized (phases) {
            phases.computeIfAbsent(phase, key -> new Phase()).add(sender.node(), number);
        }
    }

    @Override
    public void changed(CpgChange change) {
        out.println("members " + change.members().size() + " " + change.members() + " joined " + change.joined()
                + " left " + change.left());
    }

    @Override
    public void ringChanged(RingId ring, SortedSet<NodeId> members) {
        out.println("ring " + ring + " " + members);
    }

    @Override
    public void quorumChanged(QuorumView quorum) {
        out.println("quorum " + quorum.quorate() + " " + quorum.votes().size() + " " + quorum);
    }

    @Override
    public void linkChanged(NodeId node, int link, boolean connected) {
        out.println("link " + node + " " + link + " " + connected);
    }

    @Override
    public void failed(String reason) {
        out.println("failed " + reason);
    }
}
