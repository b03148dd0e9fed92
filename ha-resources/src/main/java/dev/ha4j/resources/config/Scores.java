package dev.ha4j.resources.config;

import java.util.OptionalInt;
import java.util.OptionalLong;

/** Scores and their arithmetic: whole numbers within plus and minus {@link #INFINITY}. */
public final class Scores {
    /** As good as it gets; minus this forbids. */
    public static final int INFINITY = 1_000_000;

    private Scores() {}

    /** Minus infinity beats infinity, and infinity beats every number. */
    public static int add(int a, int b) {
        if (a <= -INFINITY || b <= -INFINITY) {
            return -INFINITY;
        }
        if (a >= INFINITY || b >= INFINITY) {
            return INFINITY;
        }
        return clamp((long) a + b);
    }

    public static int clamp(long value) {
        return (int) Math.max(-INFINITY, Math.min(INFINITY, value));
    }

    /** Reads a score without the words of node health; empty if there is no number. */
    public static OptionalInt parse(String text) {
        if (text.equals("INFINITY") || text.equals("+INFINITY")) {
            return OptionalInt.of(INFINITY);
        }
        if (text.equals("-INFINITY")) {
            return OptionalInt.of(-INFINITY);
        }
        OptionalLong number = parseLong(text);
        return number.isPresent() ? OptionalInt.of(clamp(number.getAsLong())) : OptionalInt.empty();
    }

    /** Reads leading blanks, a sign and digits; what follows is ignored, and what is out of range is cut. */
    public static OptionalLong parseLong(String text) {
        int i = 0;
        while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
            i++;
        }
        boolean negative = i < text.length() && text.charAt(i) == '-';
        if (i < text.length() && (text.charAt(i) == '-' || text.charAt(i) == '+')) {
            i++;
        }
        int first = i;
        long value = 0;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            int digit = text.charAt(i++) - '0';
            value = value > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : value * 10 + digit;
        }
        return i == first ? OptionalLong.empty() : OptionalLong.of(negative ? -value : value);
    }
}
