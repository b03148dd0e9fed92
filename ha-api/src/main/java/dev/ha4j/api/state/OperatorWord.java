package dev.ha4j.api.state;

import java.util.Objects;

/**
 * What an operator said about who votes, kept for those who ask later.
 *
 * @param at the version with which it became part of the state
 * @param wallMillis when, by the cluster's wall time
 * @param by who, and why
 * @param what was said
 */
public record OperatorWord(StateVersion at, long wallMillis, String by, String what) {

    public OperatorWord {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(what, "what");
    }
}
