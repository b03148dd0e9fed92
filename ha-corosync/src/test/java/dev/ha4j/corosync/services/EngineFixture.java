package dev.ha4j.corosync.services;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.QuorumOptions;
import dev.ha4j.corosync.CpgChange;
import dev.ha4j.corosync.CpgMember;
import dev.ha4j.quorum.Votequorum;
import dev.ha4j.quorum.VotequorumSettings;
import dev.ha4j.totem.RingId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The engine of a node in a ring of two that synchronises, with nobody to hear what it tells. */
public final class EngineFixture implements EngineEvents {

    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);

    private final Engine engine;

    public EngineFixture() {
        VotequorumSettings settings = new VotequorumSettings(QuorumOptions.DEFAULTS, new TreeMap<>(), 0);
        engine = new Engine(ONE, 1, Votequorum.started(settings, ONE, 0), 1_410, this);
        engine.transitional(new TreeSet<>(), new TreeSet<>());
        engine.regular(new RingId(ONE, 5), new TreeSet<>(List.of(ONE, TWO)));
    }

    public void deliver(byte[] packet) {
        engine.delivered(TWO, ByteBuffer.wrap(packet).order(ByteOrder.LITTLE_ENDIAN));
    }

    @Override
    public void changed(String group, CpgChange change) {}

    @Override
    public void message(String group, CpgMember sender, byte[] payload) {}

    @Override
    public void closed(String group) {}

    @Override
    public void ringInstalled(RingId ring, SortedSet<NodeId> members) {}

    @Override
    public void synchronised(RingId ring, SortedSet<NodeId> members) {}

    @Override
    public void quorumChanged(Votequorum quorum) {}

    @Override
    public void left() {}

    @Override
    public void failed(String reason) {}
}
