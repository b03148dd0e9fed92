package dev.ha4j.api.config;

import dev.ha4j.api.Score;
import java.util.Objects;

/**
 * What the health of a node means for its resources ({@code node-health-strategy}). Health is said at run time, by {@code
 * admin().health(...)}; in the state it is an attribute of the node whose name begins with {@value #PREFIX}.
 *
 * @param strategy which of the scores below count
 * @param base what a node begins with ({@code node-health-base}, 0); for {@link Strategy#PROGRESSIVE}
 * @param red what a red attribute adds ({@code node-health-red}, minus infinity)
 * @param yellow what a yellow attribute adds ({@code node-health-yellow}, 0)
 * @param green what a green attribute adds ({@code node-health-green}, 0)
 */
public record HealthOptions(Strategy strategy, Score base, Score red, Score yellow, Score green) {

    /** How names of attributes begin that say how well a node is. */
    public static final String PREFIX = "#health";

    /** What is made of the health attributes of a node. */
    public enum Strategy {
        /** Nothing. */
        NONE,
        /** Resources leave a node with a red attribute. */
        MIGRATE_ON_RED,
        /** Resources leave a node with an attribute that is not green. */
        ONLY_GREEN,
        /** The scores of all attributes are added to the base, and resources get the sum. */
        PROGRESSIVE,
        /** As {@link #PROGRESSIVE}, from 0. */
        CUSTOM
    }

    /** Nobody looks at the health of nodes. */
    public static final HealthOptions NONE = of(Strategy.NONE);

    public HealthOptions {
        Objects.requireNonNull(strategy, "strategy");
        Objects.requireNonNull(base, "base");
        Objects.requireNonNull(red, "red");
        Objects.requireNonNull(yellow, "yellow");
        Objects.requireNonNull(green, "green");
    }

    /** A strategy, with its scores where Pacemaker has them. */
    public static HealthOptions of(Strategy strategy) {
        return new HealthOptions(strategy, Score.ZERO, Score.MINUS_INFINITY, Score.ZERO, Score.ZERO);
    }

    /** Adds up what attributes are worth, for example {@code progressive(100, -1_000, -10, 0)}. */
    public static HealthOptions progressive(int base, int red, int yellow, int green) {
        return new HealthOptions(
                Strategy.PROGRESSIVE, Score.of(base), Score.of(red), Score.of(yellow), Score.of(green));
    }
}
