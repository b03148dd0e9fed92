package dev.ha4j.runtime;

import dev.ha4j.api.Incarnation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which machine this is, and which boot of its kernel.
 *
 * @param machineId the same over reboots. Where there is none to trust (a container has that of its image), the machine is
 *     known only for as long as its kernel runs: then no reboot is ever taken for proof that an earlier life is over
 * @param bootId new with each reboot; {@link Incarnation#UNKNOWN_BOOT} where the system has none
 */
public record MachineIdentity(String machineId, String bootId) {

    private static final int MAX_LENGTH = 128;
    private static final List<String> CONTAINER_MARKS =
            List.of(".dockerenv", "run/.containerenv", "run/systemd/container");
    private static final List<String> CONTAINER_VARIABLES = List.of("container", "KUBERNETES_SERVICE_HOST");

    /** Reads {@code /etc/machine-id} and {@code /proc/sys/kernel/random/boot_id}, or what stands for them. */
    public static MachineIdentity read() {
        return read(Path.of("/"), System.getenv());
    }

    static MachineIdentity read(Path root, Map<String, String> environment) {
        String boot = line(root.resolve("proc/sys/kernel/random/boot_id")).orElse(Incarnation.UNKNOWN_BOOT);
        if (isContainer(root, environment)) {
            return new MachineIdentity("container-under-" + boot, boot);
        }
        String machine = line(root.resolve("etc/machine-id"))
                .or(() -> line(root.resolve("var/lib/dbus/machine-id")))
                .orElseGet(() -> hostName() + "-under-" + boot);
        return new MachineIdentity(machine, boot);
    }

    private static boolean isContainer(Path root, Map<String, String> environment) {
        return CONTAINER_MARKS.stream().anyMatch(mark -> Files.exists(root.resolve(mark)))
                || CONTAINER_VARIABLES.stream().anyMatch(environment::containsKey);
    }

    /**
     * A new life of a node on this machine.
     *
     * @param directoryId of the state directory that it has locked
     */
    public Incarnation newIncarnation(String directoryId) {
        return new Incarnation(machineId, bootId, directoryId, new SecureRandom().nextLong());
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
