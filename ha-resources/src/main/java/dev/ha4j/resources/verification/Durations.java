package dev.ha4j.resources.verification;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times with their units. */
final class Durations {
    private static final Pattern TIME = Pattern.compile("\\+?(\\d{1,12})\\s*(ms|msec|us|usec|s|sec|m|min|h|hr)?");

    private Durations() {}

    /** Empty for what is no such time, or is in the form of ISO 8601. */
    static OptionalLong millis(String text) {
        Matcher matcher = TIME.matcher(text.strip());
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2) == null ? "s" : matcher.group(2);
        return OptionalLong.of(
                switch (unit) {
                    case "ms", "msec" -> number;
                    case "us", "usec" -> number / 1000;
                    case "m", "min" -> number * 60_000;
                    case "h", "hr" -> number * 3_600_000;
                    default -> number * 1000;
                });
    }
}
