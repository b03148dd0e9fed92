package dev.ha4j.examples.demo;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Finds UDP ports below those that the kernel gives away, so that a machine that is switched on again finds its own free. */
final class Ports {

    private static final int LOWEST = 15_000;
    private static final int HIGHEST = 32_000;
    private static final int MAX_TRIES = 1_000;

    private final RandomGenerator random;
    private final Set<Integer> taken = new HashSet<>();

    Ports(RandomGenerator random) {
        this.random = random;
    }

    InetSocketAddress next() {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            int port = random.nextInt(LOWEST, HIGHEST);
            if (isFree(port) && taken.add(port)) {
                return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            }
        }
        throw new DemoFailure("no free UDP port between " + LOWEST + " and " + HIGHEST);
    }

    private static boolean isFree(int port) {
        try (DatagramSocket socket = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
