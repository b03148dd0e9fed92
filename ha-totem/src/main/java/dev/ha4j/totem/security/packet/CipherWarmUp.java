package dev.ha4j.totem.security.packet;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.security.ClusterKey;

/** Lets the JVM compile the cipher before a ring depends on its speed. */
public final class CipherWarmUp {

    private static final int PACKETS = 2_000;
    private static final int BODY_BYTES = 1_024;

    private CipherWarmUp() {}

    /**
     * Seals and opens packets that go nowhere. The first thousand calls are slow enough to miss token deadlines; call this before
     * joining. Takes a few tenths of a second at first, little after that.
     */
    public static void run() {
        byte suite = PacketHeader.SUITE_CLUSTER_KEY;
        ClusterKey key = ClusterKey.of(new byte[ClusterKey.KEY_BYTES]);
        PacketCipher cipher = SessionKey.derive(suite, key, "", NodeId.of(1), new byte[SessionKey.SALT_BYTES])
                .newCipher();
        byte[] body = new byte[BODY_BYTES];
        for (int i = 0; i < PACKETS; i++) {
            PacketHeader header = new PacketHeader(suite, PacketKind.DATA, 1, 1, PacketHeader.ALL_NODES, 0, i);
            byte[] packet = cipher.seal(header, new byte[0], body);
            if (cipher.open(header, packet, packet.length, PacketHeader.BYTES).isEmpty()) {
                throw new IllegalStateException("AES-GCM can't read what it has written");
            }
        }
    }
}
