package dev.ha4j.controller.codec;

/** What bytes turned out to be. */
public sealed interface Decoded<T> {

    record Value<T>(T value) implements Decoded<T> {}

    /** Nothing that any version of this software could have written. */
    record Garbage<T>(String reason) implements Decoded<T> {}

    /** Well formed so far, but of a kind or version that only other software knows. */
    record Unknown<T>(String kind) implements Decoded<T> {}
}
