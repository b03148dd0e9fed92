package dev.ha4j.cib;

import java.util.HashMap;
import java.util.Map;

/** Keeps one of equal texts: a document repeats most of its names and values on every node. */
final class TextPool {
    private static final int MAX_LENGTH = 100;
    private static final int MAX_TEXTS = 1 << 20;

    private final Map<String, String> texts = new HashMap<>();

    String pooled(String text) {
        if (text.length() > MAX_LENGTH || texts.size() >= MAX_TEXTS) {
            return text;
        }
        String known = texts.putIfAbsent(text, text);
        return known == null ? text : known;
    }
}
