package dev.ha4j.testkit.trace;

import dev.ha4j.api.state.ClusterState;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Writes each step as one line of JSON; equal runs give equal bytes. */
public final class JsonLines implements TraceListener {

    private final Sink sink;

    /** Takes lines. */
    @FunctionalInterface
    public interface Sink {
        void line(String line);
    }

    public JsonLines(Sink sink) {
        this.sink = sink;
    }

    @Override
    public void on(TraceRecord step) {
        sink.line(toLine(step));
    }

    public static String toLine(TraceRecord step) {
        StringBuilder out = new StringBuilder(160);
        out.append(String.format(
                Locale.ROOT,
                "{\"at\":%d.%09d,\"seq\":%d,\"node\":%d,\"life\":%d,\"type\":\"%s\"",
                step.atNanos() / 1_000_000_000L,
                step.atNanos() % 1_000_000_000L,
                step.sequence(),
                step.node(),
                step.life(),
                step.event().type()));
        for (RecordComponent component : step.event().getClass().getRecordComponents()) {
            out.append(",\"").append(component.getName()).append("\":");
            value(out, read(component, step.event()));
        }
        return out.append('}').toString();
    }

    private static Object read(RecordComponent component, Event event) {
        try {
            return component.getAccessor().invoke(event);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new LinkageError("a trace event's component can't be read: " + component, e);
        }
    }

    private static void value(StringBuilder out, Object value) {
        if (value instanceof Optional<?> optional) {
            optional.ifPresentOrElse(present -> value(out, present), () -> out.append("null"));
        } else if (value instanceof ClusterState state) {
            text(out, state.version().toString());
        } else if (value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof Collection<?> all) {
            out.append('[');
            String separator = "";
            for (Object each : all) {
                out.append(separator);
                value(out, each);
                separator = ",";
            }
            out.append(']');
        } else {
            text(out, value.toString());
        }
    }

    private static void text(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
