package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.Scores;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads what configurations write: truth, whole numbers, durations. */
final class Text {
    static final int DEFAULT_TIMEOUT_MILLIS = 20_000;

    private Text() {}

    static boolean isTrue(@Nullable String text) {
        return truth(text).orElse(false);
    }

    /** Empty if the text is neither true nor false. */
    static Optional<Boolean> truth(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "1", "true", "on", "yes", "y" -> Optional.of(true);
            case "0", "false", "off", "no", "n" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    static boolean same(@Nullable String a, @Nullable String b) {
        return a == null ? b == null : b != null && a.equalsIgnoreCase(b);
    }

    static long integer(@Nullable String text, long absent) {
        return text == null ? absent : Scores.parseLong(text).orElse(absent);
    }

    static int atLeast(@Nullable String text, int absent, int minimum) {
        if (text == null) {
            return absent;
        }
        long value = Scores.parseLong(text).orElse(minimum);
        return (int) Math.max(minimum, Math.min(Integer.MAX_VALUE, value));
    }

    /** Reads a time with a unit; empty if it is none. Without a unit it is in seconds. */
    static OptionalLong millis(@Nullable String text) {
        OptionalLong number = text == null ? OptionalLong.empty() : Scores.parseLong(text);
        if (text == null || number.isEmpty()) {
            return OptionalLong.empty();
        }
        String unit = unit(text.strip());
        long value = number.getAsLong();
        if (unit.isEmpty() || unit.startsWith("s")) {
            return OptionalLong.of(saturated(value, 1000));
        }
        if (unit.startsWith("ms")) {
            return OptionalLong.of(value);
        }
        if (unit.startsWith("us")) {
            return OptionalLong.of(value / 1000);
        }
        if (unit.startsWith("m")) {
            return OptionalLong.of(saturated(value, 60_000));
        }
        return unit.startsWith("h") ? OptionalLong.of(saturated(value, 3_600_000)) : OptionalLong.empty();
    }

    /** What follows the number; Q: more digits and points after it are skipped. */
    private static String unit(String text) {
        int i = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        while (i < text.length() && (Character.isDigit(text.charAt(i)) || text.charAt(i) == '.')) {
            i++;
        }
        return text.substring(i).strip().toLowerCase(Locale.ROOT);
    }

    private static long saturated(long value, long factor) {
        return Math.abs(value) > Long.MAX_VALUE / factor ? Long.MAX_VALUE : value * factor;
    }

    /** An interval: a time, or a duration as ISO 8601 writes it; 0 for what is absent, negative or neither. */
    static long intervalMillis(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        long millis = text.startsWith("P")
                ? Dates.isoDurationSeconds(text) * 1000
                : millis(text).orElse(0);
        return Math.max(0, millis);
    }

    /** An interval in seconds: what is less than a second counts as one. */
    static long intervalSeconds(@Nullable String text) {
        long millis = intervalMillis(text);
        return millis == 0 ? 0 : millis < 1000 ? 1 : (millis + 500) / 1000;
    }

    static int timeoutMillis(@Nullable String text) {
        long millis = millis(text).orElse(0);
        return millis <= 0 ? DEFAULT_TIMEOUT_MILLIS : (int) Math.min(Integer.MAX_VALUE, millis);
    }

    /** Compares versions number by number; what is missing is 0. */
    static int compareVersions(String a, String b) {
        List<String> left = List.of(a.strip().split("\\."));
        List<String> right = List.of(b.strip().split("\\."));
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            long x = i < left.size() ? integer(left.get(i), 0) : 0;
            long y = i < right.size() ? integer(right.get(i), 0) : 0;
            if (x != y) {
                return Long.compare(x, y);
            }
        }
        return 0;
    }

    /** Names in the order of people: digits compare as numbers, letters without regard to case. */
    static int compareNaturally(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            char x = a.charAt(i);
            char y = b.charAt(j);
            if (Character.isDigit(x) && Character.isDigit(y)) {
                int endOfA = endOfDigits(a, i);
                int endOfB = endOfDigits(b, j);
                int order = compareNumbers(a.substring(i, endOfA), b.substring(j, endOfB));
                if (order != 0) {
                    return order;
                }
                i = endOfA;
                j = endOfB;
            } else {
                int order = Character.compare(Character.toLowerCase(x), Character.toLowerCase(y));
                if (order != 0) {
                    return order;
                }
                i++;
                j++;
            }
        }
        return Integer.compare(a.length() - i, b.length() - j);
    }

    private static int endOfDigits(String text, int from) {
        int end = from;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int compareNumbers(String a, String b) {
        String left = a.replaceFirst("^0+(?=.)", "");
        String right = b.replaceFirst("^0+(?=.)", "");
        if (left.length() != right.length()) {
            return Integer.compare(left.length(), right.length());
        }
        int order = left.compareTo(right);
        return order != 0 ? order : Integer.compare(a.length(), b.length());
    }

    /** The name without a colon and the number after it. */
    static String withoutInstance(String id) {
        int colon = id.lastIndexOf(':');
        if (colon <= 0 || colon == id.length() - 1) {
            return id;
        }
        for (int i = colon + 1; i < id.length(); i++) {
            if (!Character.isDigit(id.charAt(i))) {
                return id;
            }
        }
        return id.substring(0, colon);
    }

    static String score(int score) {
        return Math.abs(score) < Scores.INFINITY ? Integer.toString(score) : score > 0 ? "INFINITY" : "-INFINITY";
    }
}
