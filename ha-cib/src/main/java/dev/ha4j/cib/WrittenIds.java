package dev.ha4j.cib;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The ids of a document: each stands for one thing, and what is there already is referred to. */
final class WrittenIds {
    private final Set<String> taken = new HashSet<>();
    private final Map<String, Object> things = new LinkedHashMap<>();

    /** Keeps an id of the configuration from being made up for something else. */
    void reserve(String id) {
        taken.add(id);
    }

    /** Whether an equal thing of this kind and id was written before; if not, this one is now. */
    boolean isKnown(String kind, String id, Object thing) {
        if (id.isEmpty()) {
            return false;
        }
        Object known = things.putIfAbsent(kind + ' ' + id, thing);
        return thing.equals(known);
    }

    /** An id that is new, much like the wished one, and can be an XML name. */
    String fresh(String wished) {
        StringBuilder name = new StringBuilder(wished.length());
        for (int i = 0; i < wished.length(); i++) {
            char c = wished.charAt(i);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.');
            name.append(plain ? c : '_');
        }
        if (name.isEmpty() || !(Character.isLetter(name.charAt(0)) || name.charAt(0) == '_')) {
            name.insert(0, '_');
        }
        String fresh = name.toString();
        for (int i = 2; !taken.add(fresh); i++) {
            fresh = name + "-" + i;
        }
        return fresh;
    }
}
