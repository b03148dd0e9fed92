package dev.ha4j.resources.config;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Facts about a configuration as a whole.
 *
 * @param haveQuorum whether the cluster has quorum
 * @param quorumPanic whether nodes without quorum are to be fenced even if it never was there
 * @param coordinator id of the designated controller
 * @param executionSeconds the time to plan for, in seconds since 1970, if the configuration names one
 * @param unfencing whether anything in the resources asks for unfencing
 */
public record Header(
        boolean haveQuorum,
        boolean quorumPanic,
        @Nullable String coordinator,
        OptionalLong executionSeconds,
        boolean unfencing) {}
