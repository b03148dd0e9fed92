package dev.ha4j.fencing.ipmi.wire;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An immutable run of bytes. Numbers are little-endian, as everywhere in IPMI. Equality takes the same time wherever the
 * difference is, and {@link #toString} shows the length alone, because keys and passwords are octets too.
 */
public final class Octets {

    /** No bytes at all. */
    public static final Octets EMPTY = new Octets(new byte[0]);

    private final byte[] bytes;

    private Octets(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Copies the given bytes. */
    public static Octets of(byte... bytes) {
        return new Octets(bytes.clone());
    }

    /** Octets from numbers of which the low eight bits count. */
    public static Octets ofUnsigned(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return new Octets(bytes);
    }

    /** Takes all that remains in the buffer. */
    public static Octets takenFrom(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return new Octets(bytes);
    }

    /**
     * Reads hexadecimal digits; dashes and colons between them are ignored.
     *
     * @throws IllegalArgumentException if the text is not hexadecimal
     */
    public static Octets ofHex(String text) {
        return new Octets(HexFormat.of().parseHex(text.replace("-", "").replace(":", "")));
    }

    /** The length in bytes. */
    public int length() {
        return bytes.length;
    }

    /** The byte at an index as 0..255. */
    public int unsigned(int index) {
        return bytes[index] & 0xFF;
    }

    /** The 16 bit number at an index. */
    public int unsigned16(int index) {
        return unsigned(index) | unsigned(index + 1) << 8;
    }

    /** The 32 bit number at an index. */
    public int int32(int index) {
        return unsigned16(index) | unsigned16(index + 2) << 16;
    }

    /** The bytes from an index to the end. */
    public Octets from(int start) {
        return slice(start, bytes.length);
    }

    /** The bytes from {@code start} to before {@code end}. */
    public Octets slice(int start, int end) {
        return new Octets(Arrays.copyOfRange(bytes, start, end));
    }

    /** The first bytes, as many as asked for and there are, followed by zeros if there are fewer. */
    public Octets resized(int length) {
        return new Octets(Arrays.copyOf(bytes, length));
    }

    /** Whether every byte is zero. */
    public boolean isZero() {
        int any = 0;
        for (byte b : bytes) {
            any |= b;
        }
        return any == 0;
    }

    /** A copy of the bytes. */
    public byte[] toArray() {
        return bytes.clone();
    }

    /** Lower-case hexadecimal digits. */
    public String toHex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "Octets[" + bytes.length + "]";
    }
}
