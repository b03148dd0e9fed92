package dev.ha4j.testkit.check;

import java.lang.reflect.RecordComponent;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says in what two values differ. */
final class Difference {

    private static final int MAX_TEXT = 400;

    private Difference() {}

    /** Names the first component in which they differ, with both values. */
    static String between(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null || !a.getClass().isRecord()) {
            return cut(String.valueOf(a)) + " and " + cut(String.valueOf(b));
        }
        for (RecordComponent component : a.getClass().getRecordComponents()) {
            Object left = read(component, a);
            Object right = read(component, b);
            if (!Objects.equals(left, right)) {
                return component.getName() + " is " + cut(String.valueOf(left)) + " and " + cut(String.valueOf(right));
            }
        }
        return "nothing";
    }

    private static @Nullable Object read(RecordComponent component, Object owner) {
        try {
            return component.getAccessor().invoke(owner);
        } catch (ReflectiveOperationException e) {
            return "unreadable";
        }
    }

    private static String cut(String text) {
        return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "..." : text;
    }
}
