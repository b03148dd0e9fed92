package dev.ha4j.resources.verification;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What texts an option takes. */
sealed interface Value {

    boolean accepts(String text);

    /** How to write one. */
    String example();

    /** What a text that is not accepted is read as all the same, if it is read at all. */
    Optional<String> readAs(String text);

    Value TRUTH = new Choice(List.of("true", "false", "yes", "no", "on", "off", "y", "n", "1", "0"), "true or false");
    Value NUMBER = new Form("[+-]?\\d{1,9}", "a whole number below 1000000000");
    Value COUNT = new Form("\\+?\\d{1,9}", "a whole number from 0 to 999999999");
    Value SCORE = new Form("[+-]?(\\d{1,9}|INFINITY)", "a whole number, INFINITY or -INFINITY");
    Value HEALTH = new Form("[+-]?(\\d{1,9}|INFINITY)|(?i:red|yellow|green)", "a score, or red, yellow, green");
    Value LIMIT = new Form("\\+?(\\d{1,9}|INFINITY)", "a whole number from 0 on, or INFINITY");
    Value DURATION = new Form(
            "\\+?\\d{1,12}\\s*(ms|msec|us|usec|s|sec|m|min|h|hr)?|P.+", "a time with its unit, as in 10s, 5min, 500ms");
    Value SIGNED_DURATION = new Form(
            "[+-]?\\d{1,12}\\s*(ms|msec|us|usec|s|sec|m|min|h|hr)?", "a time with its unit, or a negative number");
    Value ANY = new Form("(?s).*", "any text");

    static boolean isTrue(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "1", "true", "on", "yes", "y" -> true;
            default -> false;
        };
    }

    static Value of(String... words) {
        return new Choice(List.of(words), "one of " + String.join(", ", words));
    }

    /** One of a few words; upper and lower case are the same. */
    record Choice(List<String> words, String example) implements Value {
        @Override
        public boolean accepts(String text) {
            return words.contains(text.toLowerCase(Locale.ROOT));
        }

        @Override
        public Optional<String> readAs(String text) {
            return Optional.empty();
        }
    }

    /** A text of a certain form. */
    final class Form implements Value {
        private static final Pattern FRACTION = Pattern.compile("([+-]?\\d+)\\.\\d*(.*)");

        private final Pattern pattern;
        private final String example;

        Form(String pattern, String example) {
            this.pattern = Pattern.compile(pattern);
            this.example = example;
        }

        @Override
        public boolean accepts(String text) {
            return pattern.matcher(text.strip()).matches();
        }

        @Override
        public String example() {
            return example;
        }

        /** Numbers are whole: a fraction is passed over. */
        @Override
        public Optional<String> readAs(String text) {
            Matcher fraction = FRACTION.matcher(text.strip());
            return fraction.matches()
                    ? Optional.of(fraction.group(1) + fraction.group(2)).filter(this::accepts)
                    : Optional.empty();
        }
    }
}
