package dev.ha4j.examples.cpg;

import dev.ha4j.api.NodeId;
import dev.ha4j.corosync.CorosyncConf;
import dev.ha4j.corosync.CorosyncConfig;
import dev.ha4j.corosync.CorosyncListener;
import dev.ha4j.corosync.CpgChange;
import dev.ha4j.corosync.CpgListener;
import dev.ha4j.corosync.CpgMember;
import dev.ha4j.corosync.QuorumView;
import dev.ha4j.corosync.node.CorosyncNode;
import dev.ha4j.corosync.node.CpgGroup;
import dev.ha4j.totem.RingId;
import dev.ha4j.totem.netty.FileRingSequences;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SortedSet;

/**
 * One node of a Corosync ring, in this JVM: joins a closed process group, sends each line that is typed to it, and prints what the group
 * delivers and how ring, quorum and group change.
 */
public final class CpgChat implements CorosyncListener, CpgListener {

    private static final String USAGE = """
            usage: bin/cpg COROSYNC_CONF NODE_ID GROUP [STATE_FILE]
              COROSYNC_CONF  the file that the other nodes have; over knet or udpu, as it says
              NODE_ID        of the node in its nodelist that this JVM is; corosync must not run as that node
              GROUP          closed process group to join
              STATE_FILE     remembers ring sequences over restarts; default cpg-NODE_ID.ring
            """;

    private CpgChat() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 3) {
            System.err.print(USAGE);
            System.exit(2);
        }
        int self = Integer.parseInt(arguments[1]);
        CorosyncConfig config = CorosyncConf.read(Path.of(arguments[0]), self);
        Path state = Path.of(arguments.length > 3 ? arguments[3] : "cpg-" + self + ".ring");
        new CpgChat().run(config, arguments[2], state);
    }

    private void run(CorosyncConfig config, String name, Path state) throws IOException, InterruptedException {
        BufferedReader typed = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (FileRingSequences sequences = FileRingSequences.open(state);
                CorosyncNode node = CorosyncNode.start(config, sequences, this);
                CpgGroup group = node.join(name, this)) {
            for (String line = typed.readLine(); line != null; line = typed.readLine()) {
                group.send(line.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @Override
    public void delivered(CpgMember sender, byte[] payload) {
        System.out.println(sender + " says " + new String(payload, StandardCharsets.UTF_8));
    }

    @Override
    public void changed(CpgChange change) {
        System.out.println("group " + change.members() + ", joined " + change.joined() + ", left " + change.left());
    }

    @Override
    public void ringChanged(RingId ring, SortedSet<NodeId> members) {
        System.out.println("ring " + ring + " of nodes " + members);
    }

    @Override
    public void quorumChanged(QuorumView quorum) {
        System.out.println((quorum.quorate() ? "quorate: " : "not quorate: ") + quorum.explanation());
    }

    @Override
    public void linkChanged(NodeId node, int link, boolean connected) {
        System.out.println("link " + link + " to node " + node + (connected ? " is up" : " is down"));
    }

    @Override
    public void failed(String reason) {
        System.out.println("out of the ring: " + reason);
    }
}
