package dev.ha4j.resources.policy;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a resource does on a node, from less to more. */
public enum Role {
    UNKNOWN("Unknown"),
    STOPPED("Stopped"),
    STARTED("Started"),
    UNPROMOTED("Unpromoted"),
    PROMOTED("Promoted");

    private final String text;

    Role(String text) {
        this.text = text;
    }

    boolean isAbove(Role other) {
        return compareTo(other) > 0;
    }

    boolean isBelow(Role other) {
        return compareTo(other) < 0;
    }

    /** Reads a role by its name or its old name. */
    static Optional<Role> parse(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "stopped" -> Optional.of(STOPPED);
            case "started" -> Optional.of(STARTED);
            case "unpromoted", "slave" -> Optional.of(UNPROMOTED);
            case "promoted", "master" -> Optional.of(PROMOTED);
            case "unknown" -> Optional.of(UNKNOWN);
            default -> Optional.empty();
        };
    }

    /** The role a constraint is about: Started and Unpromoted mean any. Empty if the text is no role. */
    static Optional<Role> ofConstraint(@Nullable String text) {
        if (text == null) {
            return Optional.of(UNKNOWN);
        }
        return parse(text).map(role -> role == STARTED || role == UNPROMOTED ? UNKNOWN : role);
    }

    @Override
    public String toString() {
        return text;
    }
}
