package dev.ha4j.controller.codec;

import dev.ha4j.api.state.PersistentMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/** Building blocks of codecs. */
final class Codecs {

    static final Codec<Boolean> BOOL = Codec.of(Writer::bool, Reader::bool);
    static final Codec<Integer> INT = Codec.of((out, value) -> out.number(value), Reader::integer);
    static final Codec<Long> LONG = Codec.of(Writer::number, Reader::number);
    static final Codec<String> TEXT = Codec.of(Writer::text, Reader::text);
    static final Codec<byte[]> BLOB = Codec.of(Writer::blob, Reader::blob);
    static final Codec<Duration> DURATION = Codec.of(
            (out, value) -> {
                out.number(value.getSeconds());
                out.number(value.getNano());
            },
            in -> Duration.ofSeconds(in.number(), in.number()));
    static final Codec<OptionalInt> OPTIONAL_INT = Codec.of(
            (out, value) -> {
                out.bool(value.isPresent());
                value.ifPresent(out::number);
            },
            in -> in.bool() ? OptionalInt.of(in.integer()) : OptionalInt.empty());
    static final Codec<OptionalLong> OPTIONAL_LONG = Codec.of(
            (out, value) -> {
                out.bool(value.isPresent());
                value.ifPresent(out::number);
            },
            in -> in.bool() ? OptionalLong.of(in.number()) : OptionalLong.empty());

    private Codecs() {}

    @SuppressWarnings("EnumOrdinal") // constants are only ever added at the end: the format's version says so
    static <E extends Enum<E>> Codec<E> enumOf(E[] values) {
        return Codec.of((out, value) -> out.oneByte(value.ordinal()), in -> {
            int ordinal = in.oneByte();
            if (ordinal >= values.length) {
                throw new UnknownKind("enum constant " + ordinal);
            }
            return values[ordinal];
        });
    }

    static <A, B> Codec<B> mapped(Codec<A> codec, Function<A, B> to, Function<B, A> from) {
        return Codec.of((out, value) -> codec.write(out, from.apply(value)), in -> to.apply(codec.read(in)));
    }

    static <T> Codec<Optional<T>> optional(Codec<T> codec) {
        return Codec.of(
                (out, value) -> {
                    out.bool(value.isPresent());
                    value.ifPresent(present -> codec.write(out, present));
                },
                in -> in.bool() ? Optional.of(codec.read(in)) : Optional.empty());
    }

    static <T> Codec<List<T>> listOf(Codec<T> codec) {
        return Codec.of(
                (out, values) -> {
                    out.number(values.size());
                    values.forEach(value -> codec.write(out, value));
                },
                in -> {
                    int count = in.count();
                    List<T> values = new ArrayList<>();
                    for (int i = 0; i < count; i++) {
                        values.add(codec.read(in));
                    }
                    return values;
                });
    }

    static <T extends Comparable<T>> Codec<SortedSet<T>> setOf(Codec<T> codec) {
        return mapped(listOf(codec), TreeSet::new, ArrayList::new);
    }

    static <K extends Comparable<K>, V> Codec<SortedMap<K, V>> mapOf(Codec<K> keys, Codec<V> values) {
        return Codec.of(
                (out, map) -> {
                    out.number(map.size());
                    map.forEach((key, value) -> {
                        keys.write(out, key);
                        values.write(out, value);
                    });
                },
                in -> {
                    int count = in.count();
                    TreeMap<K, V> map = new TreeMap<>();
                    for (int i = 0; i < count; i++) {
                        map.put(keys.read(in), values.read(in));
                    }
                    return map;
                });
    }

    static <K extends Comparable<? super K>, V> Codec<PersistentMap<K, V>> persistentMapOf(
            Codec<K> keys, Codec<V> values) {
        return Codec.of(
                (out, map) -> {
                    out.number(map.size());
                    map.forEach(entry -> {
                        keys.write(out, entry.getKey());
                        values.write(out, entry.getValue());
                    });
                },
                in -> {
                    int count = in.count();
                    PersistentMap<K, V> map = PersistentMap.empty();
                    for (int i = 0; i < count; i++) {
                        map = map.put(keys.read(in), values.read(in));
                    }
                    return map;
                });
    }

    /** A type that contains itself, at most {@code depth} levels deep. */
    static <T> Codec<T> nested(Supplier<Codec<T>> codec, int depth) {
        if (depth == 0) {
            return Codec.of(
                    (out, value) -> {
                        throw new IllegalArgumentException("nested too deeply");
                    },
                    in -> {
                        throw new Malformed("nested too deeply");
                    });
        }
        return Codec.of(
                (out, value) -> codec.get().write(out, value), in -> codec.get().read(in));
    }
}
