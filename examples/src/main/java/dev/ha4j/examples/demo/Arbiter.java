package dev.ha4j.examples.demo;

import dev.ha4j.qnetd.WitnessSettings;
import dev.ha4j.qnetd.netty.WitnessServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What gives its vote to one of two nodes: a witness of ours, or a program that speaks the same, such as corosync-qnetd. */
interface Arbiter extends AutoCloseable {

    InetSocketAddress address();

    /** Ends without a word, and starts with nothing remembered. */
    void restart();

    @Override
    void close();

    /** In this process. */
    static Arbiter witness() throws IOException {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return new Arbiter() {
            private WitnessServer server = start(anyPort);

            @Override
            public InetSocketAddress address() {
                return server.address();
            }

            @Override
            public void restart() {
                InetSocketAddress same = server.address();
                server.close();
                server = start(same);
            }

            @Override
            public void close() {
                server.close();
            }
        };
    }

    private static WitnessServer start(InetSocketAddress address) {
        try {
            return WitnessServer.start(WitnessSettings.PLAIN, address, Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A program, which gets the address and the port that it is to listen at as arguments. */
    static Arbiter program(Path program, InetSocketAddress address) {
        return new Arbiter() {
            private Process process = start(program, address);

            @Override
            public InetSocketAddress address() {
                return address;
            }

            @Override
            public void restart() {
                close();
                process = start(program, address);
            }

            @Override
            public void close() {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                process.onExit().join();
            }
        };
    }

    private static Process start(Path program, InetSocketAddress address) {
        try {
            Process process = new ProcessBuilder(
                            program.toString(),
                            address.getAddress().getHostAddress(),
                            String.valueOf(address.getPort()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Patience.until(
                    () -> program + " to listen at " + address,
                    Duration.ofSeconds(20),
                    () -> process.isAlive() && answers(address));
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean answers(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
