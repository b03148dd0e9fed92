package dev.ha4j.api.state;

import java.util.Objects;

/**
 * With what parameters an operation ran, so that it can be seen later whether they have changed.
 *
 * @param all of all parameters; empty if that is not known
 * @param restarting of those whose change demands a restart
 */
public record ParameterDigests(String all, String restarting) {

    /** Nothing is known. */
    public static final ParameterDigests NONE = new ParameterDigests("", "");

    public ParameterDigests {
        Objects.requireNonNull(all, "all");
        Objects.requireNonNull(restarting, "restarting");
    }
}
