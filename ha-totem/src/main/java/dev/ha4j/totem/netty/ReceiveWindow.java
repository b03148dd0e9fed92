package dev.ha4j.totem.netty;

/**
 * How many packets a rotation may have so that no receiver's socket can overflow: whoever has the token has read all that was sent
 * before, so what waits in a socket is at most what one rotation sends.
 */
final class ReceiveWindow {

    /** The kernel doubles what is asked for, and counts more than the bytes of a packet. */
    private static final int KERNEL_FACTOR = 2;

    private static final int KERNEL_OVERHEAD_BYTES = 2_048;
    private static final double KERNEL_OVERHEAD = 1.25;

    /** A longer rotation makes nobody faster, only later. */
    private static final long MAX_ROTATION_BYTES = 2 << 20;

    private static final int MIN_PACKETS = 4;

    private ReceiveWindow() {}

    static int packets(long receiveBufferBytes, int datagramBytes) {
        long fitting =
                (long) (KERNEL_FACTOR * receiveBufferBytes / (KERNEL_OVERHEAD * datagramBytes + KERNEL_OVERHEAD_BYTES));
        long sensible = MAX_ROTATION_BYTES / datagramBytes;
        return (int) Math.max(MIN_PACKETS, Math.min(fitting, sensible));
    }
}
