package dev.ha4j.controller.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes being read. Never allocates more than there are bytes. */
public final class Reader {

    private final byte[] bytes;
    private int at;

    Reader(byte[] bytes) {
        this.bytes = bytes;
    }

    int oneByte() {
        if (at >= bytes.length) {
            throw new Malformed("too short");
        }
        return bytes[at++] & 0xFF;
    }

    boolean bool() {
        int value = oneByte();
        if (value > 1) {
            throw new Malformed("no truth value: " + value);
        }
        return value == 1;
    }

    long number() {
        long rest = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = oneByte();
            rest |= (long) (next & 0x7F) << shift;
            if ((next & 0x80) == 0) {
                return (rest >>> 1) ^ -(rest & 1);
            }
        }
        throw new Malformed("number too long");
    }

    int integer() {
        long value = number();
        if (value != (int) value) {
            throw new Malformed("number too large: " + value);
        }
        return (int) value;
    }

    /** A number of elements, each of which takes at least one byte. */
    int count() {
        int count = integer();
        if (count < 0 || count > bytes.length - at) {
            throw new Malformed("count out of bounds: " + count);
        }
        return count;
    }

    byte[] blob() {
        int length = count();
        byte[] value = Arrays.copyOfRange(bytes, at, at + length);
        at += length;
        return value;
    }

    String text() {
        int length = count();
        try {
            String value = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, at, length))
                    .toString();
            at += length;
            return value;
        } catch (CharacterCodingException e) {
            throw new Malformed("no UTF-8");
        }
    }

    <T> T get(Codec<T> codec) {
        return codec.read(this);
    }

    boolean isAtEnd() {
        return at == bytes.length;
    }
}
