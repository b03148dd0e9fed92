package dev.ha4j.totem.security.packet;

import dev.ha4j.totem.security.RejectReason;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The clear part of each packet. It is authenticated with the rest, and trusted for nothing but choosing the key before that.
 *
 * <pre>
 * magic 2 | version 1 | suite 1 | keyId 1 | kind 1 | sender 2 | target 2 | sessionId 8 | counter 8
 * </pre>
 *
 * @param suite how nodes introduce themselves; the cipher is AES-256-GCM with both
 * @param target the node that the packet is for, 0 for all; without it, a stolen token could be shown to a third node
 */
record PacketHeader(byte suite, PacketKind kind, int keyId, int sender, int target, long sessionId, long counter) {

    static final int BYTES = 26;
    static final int TAG_BYTES = 16;
    static final int ALL_NODES = 0;

    /** The cluster's key is enough to speak as any node. */
    static final byte SUITE_CLUSTER_KEY = 1;

    /** Nodes show certificates, and session keys depend on secrets that only those get. */
    static final byte SUITE_CERTIFICATES = 2;

    private static final short MAGIC = (short) 0x4A34;
    private static final byte VERSION = 1;
    private static final int SUITE_OFFSET = 3;
    private static final int KIND_OFFSET = 5;

    /** Why the first {@code length} bytes can't be a packet of this version; {@link #read} is safe if there is no reason. */
    static Optional<RejectReason> problem(byte[] packet, int length) {
        if (length < BYTES + TAG_BYTES || length > packet.length) {
            return Optional.of(RejectReason.MALFORMED);
        }
        ByteBuffer header = ByteBuffer.wrap(packet);
        if (header.getShort() != MAGIC) {
            return Optional.of(RejectReason.MALFORMED);
        }
        if (header.get() != VERSION || !isKnown(header.get())) {
            return Optional.of(RejectReason.VERSION);
        }
        return PacketKind.isKnown(packet[KIND_OFFSET]) ? Optional.empty() : Optional.of(RejectReason.MALFORMED);
    }

    private static boolean isKnown(byte suite) {
        return suite == SUITE_CLUSTER_KEY || suite == SUITE_CERTIFICATES;
    }

    static PacketHeader read(byte[] packet) {
        ByteBuffer header = ByteBuffer.wrap(packet, SUITE_OFFSET, BYTES - SUITE_OFFSET);
        byte suite = header.get();
        int keyId = Byte.toUnsignedInt(header.get());
        PacketKind kind = PacketKind.of(header.get());
        int sender = Short.toUnsignedInt(header.getShort());
        int target = Short.toUnsignedInt(header.getShort());
        return new PacketHeader(suite, kind, keyId, sender, target, header.getLong(), header.getLong());
    }

    void writeTo(byte[] packet) {
        ByteBuffer.wrap(packet)
                .putShort(MAGIC)
                .put(VERSION)
                .put(suite)
                .put((byte) keyId)
                .put(kind.code)
                .putShort((short) sender)
                .putShort((short) target)
                .putLong(sessionId)
                .putLong(counter);
    }
}
