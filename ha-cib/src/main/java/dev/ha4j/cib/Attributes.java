package dev.ha4j.cib;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of an element as written. A status has millions of them, so this is the smallest map there is: names and values in
 * turn, looked for from the front.
 */
final class Attributes extends AbstractMap<String, String> {
    private final String[] namesAndValues;

    private Attributes(String[] namesAndValues) {
        this.namesAndValues = namesAndValues;
    }

    static Attributes read(XMLStreamReader reader, TextPool texts) {
        String[] namesAndValues = new String[reader.getAttributeCount() * 2];
        for (int i = 0; i < namesAndValues.length; i += 2) {
            namesAndValues[i] = texts.pooled(reader.getAttributeLocalName(i / 2));
            namesAndValues[i + 1] = texts.pooled(reader.getAttributeValue(i / 2));
        }
        return new Attributes(namesAndValues);
    }

    @Override
    public @Nullable String get(@Nullable Object name) {
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i].equals(name)) {
                return namesAndValues[i + 1];
            }
        }
        return null;
    }

    @Override
    public String getOrDefault(@Nullable Object name, String absent) {
        String value = get(name);
        return value == null ? absent : value;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return get(name) != null;
    }

    @Override
    public Set<Map.Entry<String, String>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return namesAndValues.length / 2;
            }

            @Override
            public Iterator<Map.Entry<String, String>> iterator() {
                return new Entries();
            }
        };
    }

    private final class Entries implements Iterator<Map.Entry<String, String>> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < namesAndValues.length;
        }

        @Override
        public Map.Entry<String, String> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            next += 2;
            return Map.entry(namesAndValues[next - 2], namesAndValues[next - 1]);
        }
    }
}
