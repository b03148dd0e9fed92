package dev.ha4j.corosync;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One {@code name { ... }} of corosync.conf(5). */
record ConfSection(String name, Map<String, String> values, List<ConfSection> sections) {

    ConfSection(String name) {
        this(name, new TreeMap<>(), new ArrayList<>());
    }

    ConfSection section(String wanted) {
        return sections.stream()
                .filter(section -> section.name.equals(wanted))
                .findFirst()
                .orElseGet(() -> new ConfSection(wanted));
    }

    Optional<String> value(String key) {
        return Optional.ofNullable(values.get(key));
    }

    boolean is(String key) {
        return value(key)
                .map(text -> text.equals("1") || text.equals("yes") || text.equals("on"))
                .orElse(false);
    }

    Optional<Integer> number(String key) {
        return value(key).map(text -> parse(key, text));
    }

    Optional<Duration> millis(String key) {
        return number(key).map(Duration::ofMillis);
    }

    /** Of a setting that no node can have as 0: that says as little as no entry. */
    Optional<Integer> positive(String key) {
        return number(key).filter(number -> number != 0);
    }

    Optional<Duration> positiveMillis(String key) {
        return positive(key).map(Duration::ofMillis);
    }

    private static int parse(String key, String text) {
        try {
            return Math.toIntExact(Integer.toUnsignedLong(Integer.parseUnsignedInt(text)));
        } catch (NumberFormatException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    key + " has to be a number from 0 to " + Integer.MAX_VALUE + ", not " + text, e);
        }
    }
}
