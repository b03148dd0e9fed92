package dev.ha4j.totem.netty;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that stay free between being found and being bound: they lie below those that the system gives to whoever doesn't ask
 * for a certain one.
 */
final class FreePorts {

    private static final int FIRST = 15_000;
    private static final int BEYOND = 30_000;
    private static final int MAX_TRIALS = 1_000;

    private FreePorts() {}

    /** A socket on such a port, so that no two are the same as long as it is open. */
    static DatagramSocket hold(String host) throws IOException {
        for (int trial = 0; trial < MAX_TRIALS; trial++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, BEYOND);
            try {
                return new DatagramSocket(new InetSocketAddress(host, port));
            } catch (SocketException e) {
                // taken
            }
        }
        throw new IOException("no free port on " + host);
    }
}
