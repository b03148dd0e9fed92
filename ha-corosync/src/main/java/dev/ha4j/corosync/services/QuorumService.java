package dev.ha4j.corosync.services;

import dev.ha4j.api.NodeId;
import dev.ha4j.corosync.wire.Malformed;
import dev.ha4j.corosync.wire.WireReader;
import dev.ha4j.quorum.NodeInfo;
import dev.ha4j.quorum.Votequorum;
import dev.ha4j.quorum.WaitForAll;
import dev.ha4j.totem.RingId;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Consumer;

/** Counts quorum as {@code votequorum} does, and says what this node has to say about it. A quorum device is not supported. */
final class QuorumService implements Service {

    static final int NUMBER = 5;

    private static final int NODE_INFO = 0;
    private static final int RECONFIGURE = 1;
    private static final int NODE_INFO_BYTES = 32;

    private static final int EXPECTED_VOTES = 1;
    private static final int NODE_VOTES = 2;
    private static final int CANCEL_WAIT_FOR_ALL = 3;

    private static final int MAX_VOTES = 1 << 20;

    private static final int QUORATE = 1;
    private static final int LEAVING = 2;
    private static final int WAITS_FOR_ALL = 4;
    private static final int FIRST = 8;

    private final NodeId self;
    private final Consumer<byte[]> send;
    private final Consumer<Votequorum> changed;
    private Votequorum quorum;
    private boolean first = true;
    private boolean synchronising;

    QuorumService(NodeId self, Votequorum quorum, Consumer<byte[]> send, Consumer<Votequorum> changed) {
        this.self = self;
        this.quorum = quorum;
        this.send = send;
        this.changed = changed;
    }

    @Override
    public void begin(RingId ring, SortedSet<NodeId> together, SortedSet<NodeId> members) {
        synchronising = true;
        first &= members.size() == 1;
        quorum = quorum.ringInstalled(members);
    }

    @Override
    public void process() {
        send.accept(encode(quorum.announcement()));
    }

    @Override
    public void activate() {
        synchronising = false;
        quorum = quorum.ringComplete();
        changed.accept(quorum);
    }

    @Override
    public void abort() {
        // the next ring begins anew
    }

    @Override
    public void received(NodeId sender, int function, WireReader in) throws Malformed {
        Votequorum before = quorum;
        if (function == NODE_INFO) {
            nodeInfo(in).ifPresent(info -> quorum = quorum.heard(info));
        } else if (function == RECONFIGURE) {
            reconfigure(in);
        }
        if (!synchronising && !before.equals(quorum)) {
            changed.accept(quorum);
        }
    }

    Votequorum quorum() {
        return quorum;
    }

    private byte[] encode(NodeInfo info) {
        int flags = (info.quorate() ? QUORATE : 0)
                | (info.leaving() ? LEAVING : 0)
                | (info.waitForAll() == WaitForAll.WAITING ? WAITS_FOR_ALL : 0)
                | (first ? FIRST : 0);
        return Envelope.write(NUMBER, NODE_INFO, NODE_INFO_BYTES)
                .node(self)
                .i32(info.votes())
                .i32(info.expectedVotes())
                .i32(flags)
                .toByteArray();
    }

    /** Empty for what somebody says of a quorum device. */
    private static Optional<NodeInfo> nodeInfo(WireReader in) throws Malformed {
        Optional<NodeId> node = in.optionalNode();
        int votes = in.count(MAX_VOTES);
        int expected = in.count(MAX_VOTES);
        int flags = in.i32();
        WaitForAll waitForAll = (flags & WAITS_FOR_ALL) != 0 ? WaitForAll.WAITING : WaitForAll.OVER;
        return node.map(
                id -> new NodeInfo(id, votes, expected, (flags & QUORATE) != 0, (flags & LEAVING) != 0, waitForAll));
    }

    private void reconfigure(WireReader in) throws Malformed {
        Optional<NodeId> node = in.optionalNode();
        int value = in.count(MAX_VOTES);
        int parameter = in.u8();
        switch (parameter) {
            case EXPECTED_VOTES -> quorum = quorum.expectedVotesSet(value);
            case NODE_VOTES -> node.ifPresent(id -> quorum = quorum.votesSet(id, value));
            case CANCEL_WAIT_FOR_ALL -> quorum = quorum.waitForAllCancelled();
            default -> throw new Malformed("unknown parameter");
        }
    }
}
