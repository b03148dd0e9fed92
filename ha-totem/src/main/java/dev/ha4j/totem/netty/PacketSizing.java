package dev.ha4j.totem.netty;

import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.TotemRing;

/**
 * Keeps the packets of a ring as large as the path to every living peer allows, and its window as its receivers do. On the loop only.
 */
final class PacketSizing {

    private final UdpRingConfig config;
    private final LinkMonitor monitor;
    private final LinkCounters counters;
    private int packetBytes;

    PacketSizing(UdpRingConfig config, LinkMonitor monitor, LinkCounters counters) {
        this.config = config;
        this.monitor = monitor;
        this.counters = counters;
        this.packetBytes = config.ring().limits().maxPacketBytes();
    }

    /** The ring is about to start. */
    void begin(TotemRing ring) {
        ring.adapt(packetBytes, window(config.safeDatagramBytes()));
    }

    /** The monitor has looked at the paths. */
    void adapt(TotemRing ring, long nowNanos) {
        int datagramBytes = monitor.provenBytes(config.maxDatagramBytes(), nowNanos);
        int bytes = Math.min(datagramBytes - UdpRingConfig.FRAME_OVERHEAD_BYTES, RingConfig.MAX_PACKET_BYTES);
        if (bytes != packetBytes) {
            packetBytes = bytes;
            ring.adapt(bytes, window(datagramBytes));
        }
    }

    /** Where the token may overtake messages, two rotations of them may wait in a socket. */
    private int window(int datagramBytes) {
        boolean overtakes = config.ring().flow().acceleratedMessages() > 0
                || !config.multicast().isEmpty();
        long receiveBufferBytes = counters.receiveBufferBytes();
        return ReceiveWindow.packets(overtakes ? receiveBufferBytes / 2 : receiveBufferBytes, datagramBytes);
    }
}
