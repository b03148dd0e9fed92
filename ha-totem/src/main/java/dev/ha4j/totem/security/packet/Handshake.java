package dev.ha4j.totem.security.packet;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * First part of the three handshake packets' bodies. In one cluster all have one size, so no answer is larger than what asked
 * for it.
 *
 * @param boot number of the sender's process start; a new session of the same boot is a change of keys, not a restart
 * @param agreement what all nodes have to agree on, as one number
 * @param echo the challenge that this packet answers, zeros in a hello
 * @param challenge what the receiver shall echo, zeros in a confirmation
 */
@SuppressWarnings("ArrayRecordComponent") // packets are handed over, not compared
record Handshake(long boot, long agreement, byte[] echo, byte[] challenge) {

    static final int CHALLENGE_BYTES = 16;
    static final int BYTES = 2 * Long.BYTES + 2 * CHALLENGE_BYTES;
    static final int BODY_OFFSET = PacketHeader.BYTES + SessionKey.SALT_BYTES;

    static int packetBytes(int bodyBytes) {
        return BODY_OFFSET + bodyBytes + PacketHeader.TAG_BYTES;
    }

    static byte[] none() {
        return new byte[CHALLENGE_BYTES];
    }

    static byte[] saltOf(byte[] packet) {
        return Arrays.copyOfRange(packet, PacketHeader.BYTES, BODY_OFFSET);
    }

    /** Reads {@link #BYTES} bytes. */
    static Handshake read(ByteBuffer buffer) {
        Handshake handshake = new Handshake(buffer.getLong(), buffer.getLong(), none(), none());
        buffer.get(handshake.echo).get(handshake.challenge);
        return handshake;
    }

    byte[] write() {
        return ByteBuffer.allocate(BYTES)
                .putLong(boot)
                .putLong(agreement)
                .put(echo)
                .put(challenge)
                .array();
    }
}
