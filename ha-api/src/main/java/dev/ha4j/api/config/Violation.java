package dev.ha4j.api.config;

import java.util.Objects;

/**
 * One thing that is wrong with a configuration.
 *
 * @param where the part of the configuration, as in {@code resource gateway}
 * @param what is wrong with it
 * @param remedy what to write instead
 */
public record Violation(String where, String what, String remedy) {

    public Violation {
        Objects.requireNonNull(where, "where");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(remedy, "remedy");
    }

    @Override
    public String toString() {
        return where + ": " + what + ". Remedy: " + remedy;
    }
}
