package dev.ha4j.examples.map;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.RingId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the members of a map tell each other. */
sealed interface MapMessage {

    /** One entry is to change: to this value, or to none. */
    record Change(String key, Optional<String> value) implements MapMessage {}

    /** What a member has, at the beginning of this ring, has had so many changes. */
    record Claim(RingId ring, long changes) implements MapMessage {}

    /** Some of what all are to have, at the beginning of this ring; the last piece too says how many changes it has had. */
    record Piece(RingId ring, long changes, boolean last, Map<String, String> entries) implements MapMessage {}

    /**
     * Its bytes on the ring.
     *
     * @throws IllegalArgumentException with a key or a value of more than 65,535 bytes in UTF-8
     */
    default byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            encode(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new IllegalArgumentException("a key or a value is too long", e);
        }
        return bytes.toByteArray();
    }

    private void encode(DataOutputStream out) throws IOException {
        if (this instanceof Change change) {
            out.writeByte(0);
            out.writeUTF(change.key());
            out.writeBoolean(change.value().isPresent());
            out.writeUTF(change.value().orElse(""));
        } else if (this instanceof Claim claim) {
            out.writeByte(1);
            encode(claim.ring(), out);
            out.writeLong(claim.changes());
        } else if (this instanceof Piece piece) {
            out.writeByte(2);
            encode(piece.ring(), out);
            out.writeLong(piece.changes());
            out.writeBoolean(piece.last());
            out.writeInt(piece.entries().size());
            for (Map.Entry<String, String> entry : piece.entries().entrySet()) {
                out.writeUTF(entry.getKey());
                out.writeUTF(entry.getValue());
            }
        }
    }

    private static void encode(RingId ring, DataOutputStream out) throws IOException {
        out.writeInt(ring.representative().value());
        out.writeLong(ring.sequence());
    }

    static MapMessage decode(byte[] payload) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(payload))) {
            return switch (in.readByte()) {
                case 0 -> change(in);
                case 1 -> new Claim(ring(in), in.readLong());
                default -> piece(in);
            };
        } catch (IOException e) {
            throw new UncheckedIOException("a member speaks another version", e);
        }
    }

    private static Change change(DataInputStream in) throws IOException {
        String key = in.readUTF();
        boolean present = in.readBoolean();
        return new Change(key, Optional.of(in.readUTF()).filter(value -> present));
    }

    private static Piece piece(DataInputStream in) throws IOException {
        RingId ring = ring(in);
        long changes = in.readLong();
        boolean last = in.readBoolean();
        Map<String, String> entries = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            entries.put(in.readUTF(), in.readUTF());
        }
        return new Piece(ring, changes, last, entries);
    }

    private static RingId ring(DataInputStream in) throws IOException {
        return new RingId(NodeId.of(in.readInt()), in.readLong());
    }
}
