package dev.ha4j.fencing.ipmi.wire;

import java.io.ByteArrayOutputStream;

/** Builds {@link Octets}, numbers little-endian. Not thread-safe. */
public final class OctetWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(64);

    /** Appends the low eight bits of each value. */
    public OctetWriter bytes(int... values) {
        for (int value : values) {
            out.write(value);
        }
        return this;
    }

    /** Appends one byte several times. */
    public OctetWriter repeat(int value, int count) {
        for (int i = 0; i < count; i++) {
            out.write(value);
        }
        return this;
    }

    /** Appends a 16 bit number. */
    public OctetWriter int16(int value) {
        return bytes(value, value >>> 8);
    }

    /** Appends a 32 bit number. */
    public OctetWriter int32(int value) {
        return int16(value).int16(value >>> 16);
    }

    /** Appends octets. */
    public OctetWriter octets(Octets octets) {
        out.writeBytes(octets.toArray());
        return this;
    }

    /** The number of bytes written. */
    public int length() {
        return out.size();
    }

    /** All that was written. */
    public Octets toOctets() {
        return Octets.of(out.toByteArray());
    }
}
