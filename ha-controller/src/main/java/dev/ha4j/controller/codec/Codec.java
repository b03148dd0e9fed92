package dev.ha4j.controller.codec;

import java.util.function.BiConsumer;
import java.util.function.Function;

/** How values of one type become bytes and come back. */
public final class Codec<T> {

    private final BiConsumer<Writer, T> write;
    private final Function<Reader, T> read;

    private Codec(BiConsumer<Writer, T> write, Function<Reader, T> read) {
        this.write = write;
        this.read = read;
    }

    static <T> Codec<T> of(BiConsumer<Writer, T> write, Function<Reader, T> read) {
        return new Codec<>(write, read);
    }

    public byte[] encode(T value) {
        Writer writer = new Writer();
        write.accept(writer, value);
        return writer.toBytes();
    }

    /** Total: whatever the bytes are, there is an answer. */
    public Decoded<T> decode(byte[] bytes) {
        try {
            Reader reader = new Reader(bytes);
            T value = read.apply(reader);
            return reader.isAtEnd() ? new Decoded.Value<>(value) : new Decoded.Garbage<>("bytes left over");
        } catch (UnknownKind e) {
            return new Decoded.Unknown<>(String.valueOf(e.getMessage()));
        } catch (Malformed e) {
            return new Decoded.Garbage<>(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // A constructor refused what was read: no value of this type.
            return new Decoded.Garbage<>(e.toString());
        }
    }

    void write(Writer writer, T value) {
        write.accept(writer, value);
    }

    T read(Reader reader) {
        return read.apply(reader);
    }
}
