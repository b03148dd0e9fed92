package dev.ha4j.controller.codec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Bytes in the making. */
public final class Writer {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    void oneByte(int value) {
        bytes.write(value);
    }

    void bool(boolean value) {
        bytes.write(value ? 1 : 0);
    }

    /** Seven bits a byte, lowest first; small magnitudes of both signs are short. */
    void number(long value) {
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            bytes.write((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }

    void text(String value) {
        blob(value.getBytes(StandardCharsets.UTF_8));
    }

    void blob(byte[] value) {
        number(value.length);
        bytes.write(value, 0, value.length);
    }

    <T> Writer put(Codec<T> codec, T value) {
        codec.write(this, value);
        return this;
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
