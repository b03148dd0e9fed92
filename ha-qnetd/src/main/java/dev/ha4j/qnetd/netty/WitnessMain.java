package dev.ha4j.qnetd.netty;

import dev.ha4j.qnetd.WitnessSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/** The witness as a process of its own. */
public final class WitnessMain {

    private static final String USAGE = """
            bin/witness [--listen HOST:PORT] [--tls CA.crt KEYS.p12]

            An arbiter for clusters of an even number of nodes, in place of corosync-qnetd: one process for many clusters.
            --listen   address and port (0.0.0.0:5403)
            --tls      certificate of the authority, and a PKCS#12 file without password whose certificate has the common name
                       "Qnetd Server"; clients then have to show a certificate with the name of their cluster
            """;

    private WitnessMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        InetSocketAddress address = new InetSocketAddress("0.0.0.0", WitnessSettings.DEFAULT_PORT);
        Optional<QnetdTls> tls = Optional.empty();
        for (int at = 0; at < arguments.length; at++) {
            if (arguments[at].equals("--listen") && at + 1 < arguments.length) {
                address = parse(arguments[++at]);
            } else if (arguments[at].equals("--tls") && at + 2 < arguments.length) {
                tls = Optional.of(QnetdTls.of(Path.of(arguments[++at]), Path.of(arguments[++at]), new char[0]));
            } else {
                System.err.print(USAGE);
                System.exit(2);
            }
        }
        WitnessSettings settings = tls.isPresent() ? WitnessSettings.TLS : WitnessSettings.PLAIN;
        try (WitnessServer server = WitnessServer.start(settings, address, tls)) {
            System.out.println("witness listens at " + server.address());
            Thread.currentThread().join();
        }
    }

    private static InetSocketAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }
}
