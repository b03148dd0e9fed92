package dev.ha4j.totem.security.packet;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.security.RejectReason;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** How nodes introduce themselves to each other in handshakes: with the cluster's key alone, or with certificates. */
sealed interface Introduction permits ByKey, ByCertificate {

    /** Tells packets of one kind from those of the other. */
    byte suite();

    /** Length of a handshake packet's encrypted part. */
    int bodyBytes();

    /** For a new session of this node. */
    Optional<SessionSecret> newSecret(RandomGenerator random);

    /**
     * What to say.
     *
     * @param session of this node, which the peer shall confirm
     * @param peerKey the receiver's public key as it said itself; empty in a hello
     */
    byte[] body(OutboundSession session, PacketKind kind, NodeId target, Handshake handshake, Optional<byte[]> peerKey);

    /** Who says it. */
    Verdict judge(Claim claim, OutboundSession own);

    /**
     * What a handshake packet says, decrypted.
     *
     * @param rest of the body
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, not compared
    record Claim(PacketKind kind, int keyId, NodeId sender, byte[] salt, Handshake handshake, ByteBuffer rest) {}

    /** Whether to believe it. */
    sealed interface Verdict {}

    /**
     * It is who it says.
     *
     * @param secret goes into the sender's session key; nothing in a hello
     * @param publicKey of the sender's session, if it has one
     * @param ends when its certificate does
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, not compared
    record Believed(byte[] secret, Optional<byte[]> publicKey, Optional<Instant> ends) implements Verdict {}

    /** It may be somebody else. */
    record Disbelieved(RejectReason reason) implements Verdict {}
}
