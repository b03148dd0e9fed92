package dev.ha4j.totem.security.packet;

import dev.ha4j.api.NodeId;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Who has the cluster's key is believed to be whatever node it says. */
final class ByKey implements Introduction {

    private static final Verdict BELIEVED = new Believed(new byte[0], Optional.empty(), Optional.empty());

    @Override
    public byte suite() {
        return PacketHeader.SUITE_CLUSTER_KEY;
    }

    @Override
    public int bodyBytes() {
        return Handshake.BYTES;
    }

    @Override
    public Optional<SessionSecret> newSecret(RandomGenerator random) {
        return Optional.empty();
    }

    @Override
    public byte[] body(
            OutboundSession session, PacketKind kind, NodeId target, Handshake handshake, Optional<byte[]> peerKey) {
        return handshake.write();
    }

    @Override
    public Verdict judge(Claim claim, OutboundSession own) {
        return BELIEVED;
    }
}
