package dev.ha4j.api.report;

import dev.ha4j.api.Role;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One primitive, or one of its instances, where these differ.
 *
 * @param name of the primitive, with {@code :n} behind it for an instance that differs from others
 * @param wanted the highest role that it should have somewhere
 * @param active nodes on which it is active, by name, with its role
 * @param token of the last term granted for it; empty if none was
 * @param blocked why it is not where it should be; empty if nothing stands in the way
 * @param failures fail counts in words, as in {@code start failed 2 times on a}
 */
public record ResourceReport(
        String name,
        Role wanted,
        SortedMap<String, Role> active,
        OptionalLong token,
        List<String> blocked,
        List<String> failures) {

    public ResourceReport {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(wanted, "wanted");
        active = Collections.unmodifiableSortedMap(new TreeMap<>(active));
        Objects.requireNonNull(token, "token");
        blocked = List.copyOf(blocked);
        failures = List.copyOf(failures);
    }

    /** Whether it has the role that it should have. */
    public boolean isWell() {
        return blocked.isEmpty()
                && (wanted == Role.STOPPED || active.values().stream().anyMatch(this::satisfies));
    }

    private boolean satisfies(Role role) {
        return wanted == Role.PROMOTED ? role == Role.PROMOTED : role.isActive();
    }

    /** One sentence: where it is active, or why it isn't. */
    public String explanation() {
        if (!blocked.isEmpty()) {
            return String.join("; ", blocked);
        }
        String verb = wanted == Role.PROMOTED ? "promoted" : "active";
        if (isWell()) {
            List<String> where = active.entrySet().stream()
                    .filter(entry -> satisfies(entry.getValue()))
                    .map(Map.Entry::getKey)
                    .toList();
            return where.isEmpty()
                    ? name + " is stopped, as it should be"
                    : name + " is " + verb + " on " + String.join(", ", where);
        }
        String failed = failures.isEmpty() ? "" : " (" + String.join(", ", failures) + ")";
        return name + " is not " + verb + " yet: the cluster is at work on it" + failed;
    }
}
