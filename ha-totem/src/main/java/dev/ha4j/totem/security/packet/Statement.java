package dev.ha4j.totem.security.packet;

import dev.ha4j.api.NodeId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What the sender of a handshake packet signs: all that the packet says, for whom, and in answer to whom. The challenges make
 * it this handshake's alone.
 *
 * @param peerKey the receiver's key for this session, zeros in a hello
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, not compared
record Statement(
        String cluster,
        PacketKind kind,
        int keyId,
        NodeId sender,
        NodeId target,
        byte[] salt,
        Handshake handshake,
        byte[] publicKey,
        byte[] peerKey,
        byte[] wrapped) {

    private static final byte[] PURPOSE = "ha4j/1 identity".getBytes(StandardCharsets.US_ASCII);

    byte[] bytes() {
        byte[] name = cluster.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(PURPOSE);
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(name.length).array());
        bytes.writeBytes(name);
        bytes.write(kind.code);
        bytes.write(keyId);
        bytes.writeBytes(ByteBuffer.allocate(2 * Short.BYTES)
                .putShort((short) sender.value())
                .putShort((short) target.value())
                .array());
        bytes.writeBytes(salt);
        bytes.writeBytes(handshake.write());
        bytes.writeBytes(publicKey);
        bytes.writeBytes(peerKey);
        bytes.writeBytes(wrapped);
        return bytes.toByteArray();
    }
}
