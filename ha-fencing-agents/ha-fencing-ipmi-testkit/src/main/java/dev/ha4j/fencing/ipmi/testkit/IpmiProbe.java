package dev.ha4j.fencing.ipmi.testkit;

import dev.ha4j.api.NodeId;
import dev.ha4j.fencing.FenceRequest;
import dev.ha4j.fencing.ipmi.Ipmi;
import dev.ha4j.fencing.ipmi.IpmiFenceDevice;
import dev.ha4j.fencing.ipmi.Secret;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Tries our client by hand: {@code IpmiProbe HOST PORT SUITE ACTION...} with the actions check, status, off and on, one
 * after the other with one device. User name and password come from BMC_USER and BMC_PW.
 */
public final class IpmiProbe {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private IpmiProbe() {}

    /** Prints one line per action: its milliseconds and its result. */
    public static void main(String[] arguments) {
        if (arguments.length < 4) {
            System.err.println("usage: BMC_USER=name BMC_PW=password IpmiProbe HOST PORT SUITE ACTION...");
            System.exit(2);
        }
        IpmiFenceDevice device = Ipmi.device("probe")
                .target("target")
                .address(arguments[0])
                .credentials(Secret.env("BMC_USER"), Secret.env("BMC_PW"))
                .port(Integer.parseInt(arguments[1]))
                .cipherSuite(Integer.parseInt(arguments[2]));
        for (int i = 3; i < arguments.length; i++) {
            long startNanos = System.nanoTime();
            Object result = act(device, arguments[i], request());
            double millis = (System.nanoTime() - startNanos) / 1e6;
            System.out.printf(Locale.ROOT, "%s %.1f ms %s%n", arguments[i], millis, result);
        }
    }

    private static Object act(IpmiFenceDevice device, String action, FenceRequest request) {
        return switch (action) {
            case "check" -> device.check(request);
            case "status" -> device.status(request);
            case "off" -> device.off(request);
            case "on" -> device.on(request);
            default -> throw new IllegalArgumentException("unknown action " + action);
        };
    }

    private static FenceRequest request() {
        long endNanos = System.nanoTime() + PATIENCE.toNanos();
        return new FenceRequest(
                1, NodeId.of(1), "target", Optional.empty(), 1, () -> Duration.ofNanos(endNanos - System.nanoTime()));
    }
}
