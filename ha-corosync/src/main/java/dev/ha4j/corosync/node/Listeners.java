package dev.ha4j.corosync.node;

import dev.ha4j.api.NodeId;
import dev.ha4j.corosync.CorosyncListener;
import dev.ha4j.corosync.CpgChange;
import dev.ha4j.corosync.CpgListener;
import dev.ha4j.corosync.CpgMember;
import dev.ha4j.corosync.QuorumView;
import dev.ha4j.corosync.services.EngineEvents;
import dev.ha4j.quorum.Votequorum;
import dev.ha4j.quorum.WaitForAll;
import dev.ha4j.totem.RingId;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hands what the engine tells over to the application's listeners. */
final class Listeners implements EngineEvents {

    private final CorosyncListener node;
    private final Deliveries deliveries;
    private final Runnable giveUp;
    private final Map<String, Entry> groups = new ConcurrentHashMap<>();
    private boolean tooSlow;

    private record Entry(CpgListener listener, boolean leaving) {}

    Listeners(CorosyncListener node, Deliveries deliveries, Runnable giveUp) {
        this.node = node;
        this.deliveries = deliveries;
        this.giveUp = giveUp;
    }

    void add(String group, CpgListener listener) {
        if (groups.putIfAbsent(group, new Entry(listener, false)) != null) {
            throw new IllegalStateException("the group is joined here already: use that CpgGroup");
        }
    }

    void requireJoined(String group) {
        @Nullable Entry entry = groups.get(group);
        if (entry == null || entry.leaving()) {
            throw new IllegalStateException("the group is left");
        }
    }

    /** Whether this is the first time. */
    boolean leaving(String group) {
        @Nullable Entry entry = groups.get(group);
        return entry != null && !entry.leaving() && groups.replace(group, entry, new Entry(entry.listener(), true));
    }

    @Override
    public void changed(String group, CpgChange change) {
        toGroup(group, 0, listener -> listener.changed(change));
    }

    @Override
    public void message(String group, CpgMember sender, byte[] payload) {
        toGroup(group, payload.length, listener -> listener.delivered(sender, payload));
    }

    @Override
    public void closed(String group) {
        @Nullable Entry entry = groups.remove(group);
        if (entry != null) {
            deliver(0, entry.listener()::left);
        }
    }

    private void toGroup(String group, int bytes, Consumer<CpgListener> call) {
        @Nullable Entry entry = groups.get(group);
        if (entry != null) {
            deliver(bytes, () -> call.accept(entry.listener()));
        }
    }

    @Override
    public void ringInstalled(RingId ring, SortedSet<NodeId> members) {
        // told when the services agree
    }

    @Override
    public void synchronised(RingId ring, SortedSet<NodeId> members) {
        deliver(0, () -> node.ringChanged(ring, members));
    }

    @Override
    public void quorumChanged(Votequorum quorum) {
        QuorumView view = view(quorum);
        deliver(0, () -> node.quorumChanged(view));
    }

    static QuorumView view(Votequorum quorum) {
        TreeMap<NodeId, Integer> votes = new TreeMap<>();
        quorum.known().forEach((id, info) -> votes.put(id, info.votes()));
        return new QuorumView(
                quorum.quorate(),
                quorum.tally().expectedVotes(),
                quorum.highestExpected(),
                quorum.verdict().votes(),
                quorum.verdict().threshold(),
                votes,
                quorum.settings().options().twoNode(),
                quorum.settings().options().waitForAll(),
                quorum.tally().waitForAll() == WaitForAll.WAITING,
                quorum.verdict().explanation());
    }

    void linkChanged(NodeId other, int link, boolean connected) {
        deliver(0, () -> node.linkChanged(other, link, connected));
    }

    @Override
    public void left() {
        // its owner asked for it
    }

    @Override
    public void failed(String reason) {
        deliver(0, () -> node.failed(reason));
    }

    /** What can't be delivered may not be left out: the node has to go. */
    private void deliver(int bytes, Runnable call) {
        if (!tooSlow && !deliveries.add(bytes, call)) {
            tooSlow = true;
            giveUp.run();
            deliveries.addLast(() ->
                    node.failed("listeners are too slow: " + CorosyncNode.MAX_DELIVERY_BYTES + " bytes wait for them"));
        }
    }
}
