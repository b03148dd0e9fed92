package dev.ha4j.testkit.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Arrays;

/** Fields of a JSON object; what is missing or of the wrong type is named. */
final class Fields {

    private static final int NANO_DIGITS = 9;

    private Fields() {}

    static JsonNode field(JsonNode in, String name) {
        JsonNode value = in.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing in " + in);
        }
        return value;
    }

    static String text(JsonNode in, String name) {
        return field(in, name).asText();
    }

    static long integer(JsonNode in, String name) {
        return number(in, name).longValueExact();
    }

    static double real(JsonNode in, String name) {
        return number(in, name).doubleValue();
    }

    static boolean flag(JsonNode in, String name) {
        JsonNode value = field(in, name);
        if (!value.isBoolean()) {
            throw new IllegalArgumentException(name + " has to be true or false, not " + value);
        }
        return value.booleanValue();
    }

    private static BigDecimal number(JsonNode in, String name) {
        JsonNode value = field(in, name);
        if (!value.isNumber()) {
            throw new IllegalArgumentException(name + " has to be a number, not " + value);
        }
        return value.decimalValue();
    }

    static <E extends Enum<E>> E constant(JsonNode in, String name, Class<E> type) {
        String text = text(in, name);
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        name + " " + text + " is none of " + Arrays.toString(type.getEnumConstants())));
    }

    /** Seconds with as many digits as it takes to give the same nanoseconds again. */
    static void seconds(ObjectNode out, String name, long nanos) {
        BigDecimal seconds = BigDecimal.valueOf(nanos, NANO_DIGITS).stripTrailingZeros();
        out.put(name, seconds.scale() < 0 ? seconds.setScale(0) : seconds);
    }

    static long nanos(JsonNode in, String name) {
        return number(in, name).movePointRight(NANO_DIGITS).longValueExact();
    }
}
