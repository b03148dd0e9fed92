package dev.ha4j.cib;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes elements and attributes, one element in a line. */
final class XmlText {
    private final StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    private final Deque<String> open = new ArrayDeque<>();
    private boolean tagIsOpen;

    XmlText begin(String element) {
        closeTag();
        indent();
        out.append('<').append(element);
        open.push(element);
        tagIsOpen = true;
        return this;
    }

    /** Adds an attribute to the element that was begun last; null and empty ids are left out. */
    XmlText set(String attribute, @Nullable String value) {
        if (value != null && !(value.isEmpty() && attribute.equals("id"))) {
            out.append(' ').append(attribute).append("=\"");
            escape(value);
            out.append('"');
        }
        return this;
    }

    XmlText set(Map<String, String> attributes) {
        attributes.forEach(this::set);
        return this;
    }

    XmlText end() {
        String element = open.pop();
        if (tagIsOpen) {
            out.append("/>\n");
            tagIsOpen = false;
        } else {
            indent();
            out.append("</").append(element).append(">\n");
        }
        return this;
    }

    private void closeTag() {
        if (tagIsOpen) {
            out.append(">\n");
            tagIsOpen = false;
        }
    }

    private void indent() {
        out.append("  ".repeat(open.size()));
    }

    private void escape(String value) {
        value.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\t', '\n', '\r' -> out.append("&#").append(c).append(';');
                default -> character(c, value);
            }
        });
    }

    private void character(int c, String value) {
        boolean writable = (c >= 0x20 && c < 0xD800) || (c > 0xDFFF && c != 0xFFFE && c != 0xFFFF);
        if (!writable) {
            throw new IllegalArgumentException(
                    String.format("XML can't hold the character U+%04X: remove it from \"%s\"", c, value));
        }
        out.appendCodePoint(c);
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
