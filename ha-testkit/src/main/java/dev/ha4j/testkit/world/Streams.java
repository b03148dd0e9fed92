package dev.ha4j.testkit.world;

import java.util.SplittableRandom;

/** One seed, and a stream of random numbers for each concern: a further draw in one shifts no other. */
public record Streams(long seed) {

    /** The stream of this name; asked twice, it begins twice. */
    public SplittableRandom stream(String name) {
        return new SplittableRandom(mix(seed * 0x9E3779B97F4A7C15L + mix(name.hashCode())));
    }

    /** The stream of one of several alike. */
    public SplittableRandom stream(String name, long number) {
        return stream(name + "/" + number);
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
