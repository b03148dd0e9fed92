package dev.ha4j.fencing.ipmi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A reference to a credential. It is looked up anew for each session, so that it can be rotated, and it never shows its
 * value: {@link #toString} names the place alone. Safe for use by several threads.
 */
public final class Secret {

    private final String place;
    private final Source source;

    private Secret(String place, Source source) {
        this.place = place;
        this.source = source;
    }

    /** The value of an environment variable. */
    public static Secret env(String variable) {
        Objects.requireNonNull(variable, "variable");
        return new Secret("environment variable " + variable, () -> {
            String value = System.getenv(variable);
            if (value == null) {
                throw new IOException("it is not set");
            }
            return value;
        });
    }

    /** The content of a UTF-8 file, without the line break at its end. */
    public static Secret file(Path path) {
        Objects.requireNonNull(path, "path");
        return new Secret("file " + path, () -> Files.readString(path).stripTrailing());
    }

    /** The text itself; better kept for names and for tests. */
    public static Secret of(String value) {
        Objects.requireNonNull(value, "value");
        return new Secret("a fixed value", () -> value);
    }

    /** The value in UTF-8. */
    byte[] reveal(String role, int maxBytes) throws IpmiException {
        byte[] bytes;
        try {
            bytes = source.read().getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw IpmiException.refused(
                    "no " + role + ": can't read " + place + " (" + e.getClass().getSimpleName() + ")");
        }
        if (bytes.length > maxBytes) {
            throw IpmiException.refused(
                    "the " + role + " in " + place + " is longer than the " + maxBytes + " bytes that IPMI allows");
        }
        return bytes;
    }

    @Override
    public String toString() {
        return "Secret[" + place + "]";
    }

    @FunctionalInterface
    private interface Source {
        String read() throws IOException;
    }
}
