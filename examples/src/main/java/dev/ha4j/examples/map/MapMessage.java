package dev.ha4j.examples.map;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** What the members of a map tell each other. */
sealed interface MapMessage {

    /** One entry is to change. */
    record Put(String key, String value) implements MapMessage {}

    /** All that a member has after so many changes. */
    record Everything(long changes, Map<String, String> entries) implements MapMessage {}

    default byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            if (this instanceof Put put) {
                out.writeByte(0);
                out.writeUTF(put.key());
                out.writeUTF(put.value());
            } else if (this instanceof Everything all) {
                out.writeByte(1);
                out.writeLong(all.changes());
                out.writeInt(all.entries().size());
                for (Map.Entry<String, String> entry : all.entries().entrySet()) {
                    out.writeUTF(entry.getKey());
                    out.writeUTF(entry.getValue());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static MapMessage decode(byte[] payload) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(payload))) {
            if (in.readByte() == 0) {
                return new Put(in.readUTF(), in.readUTF());
            }
            long changes = in.readLong();
            Map<String, String> entries = new TreeMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                entries.put(in.readUTF(), in.readUTF());
            }
            return new Everything(changes, entries);
        } catch (IOException e) {
            throw new UncheckedIOException("a member speaks another version", e);
        }
    }
}
