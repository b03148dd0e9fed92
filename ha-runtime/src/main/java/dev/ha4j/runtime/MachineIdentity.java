package dev.ha4j.runtime;

import dev.ha4j.api.Incarnation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Which machine this is, and which boot of its kernel.
 *
 * @param machineId the same over reboots
 * @param bootId new with each reboot. Where the system has none, a fixed word: then no reboot is ever seen, and none is ever
 *     taken for proof that an earlier life is over
 */
public record MachineIdentity(String machineId, String bootId) {

    /** The boot id of a system that doesn't tell. */
    public static final String UNKNOWN_BOOT = "unknown-boot";

    private static final int MAX_LENGTH = 128;

    /** Reads {@code /etc/machine-id} and {@code /proc/sys/kernel/random/boot_id}, or what stands for them. */
    public static MachineIdentity read() {
        String machine = line(Path.of("/etc/machine-id"))
                .or(() -> line(Path.of("/var/lib/dbus/machine-id")))
                .orElseGet(MachineIdentity::hostName);
        String boot = line(Path.of("/proc/sys/kernel/random/boot_id")).orElse(UNKNOWN_BOOT);
        return new MachineIdentity(machine, boot);
    }

    /** A new life of a node on this machine. */
    public Incarnation newIncarnation() {
        return new Incarnation(machineId, bootId, new SecureRandom().nextLong());
    }

    private static Optional<String> line(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(text.substring(0, Math.min(MAX_LENGTH, text.length())));
        } catch (IOException | SecurityException e) {
            return Optional.empty();
        }
    }

    private static String hostName() {
        try {
            return "host-" + InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "host-unknown";
        }
    }
}
