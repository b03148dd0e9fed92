package dev.ha4j.examples.map;

import dev.ha4j.examples.map.MapMessage.Piece;
import dev.ha4j.totem.RingId;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/** Cuts a map into messages, at least one. */
final class Pieces implements Iterator<Piece> {

    /** A piece ends with the entry that reaches this, so it is far from the largest message that a ring takes (1 MiB). */
    private static final int CHARACTERS = 32 << 10;

    private final RingId ring;
    private final long changes;
    private final Iterator<Map.Entry<String, String>> entries;
    private boolean done;

    Pieces(RingId ring, long changes, Map<String, String> all) {
        this.ring = ring;
        this.changes = changes;
        this.entries = new TreeMap<>(all).entrySet().iterator();
    }

    @Override
    public boolean hasNext() {
        return !done;
    }

    @Override
    public Piece next() {
        TreeMap<String, String> some = new TreeMap<>();
        int characters = 0;
        while (entries.hasNext() && characters < CHARACTERS) {
            Map.Entry<String, String> entry = entries.next();
            some.put(entry.getKey(), entry.getValue());
            characters += entry.getKey().length() + entry.getValue().length();
        }
        done = !entries.hasNext();
        return new Piece(ring, changes, done, some);
    }
}
