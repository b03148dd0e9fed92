package dev.ha4j.controller.storage;

import dev.ha4j.api.state.ClusterState;

/** What was found on disk. */
public sealed interface Recovery {

    /** This node has never been a member. */
    record Fresh() implements Recovery {}

    record Recovered(ClusterState state) implements Recovery {}

    /** What is there can't be trusted, or can't be read by this software: going on might lose what was promised. */
    record Refused(String reason) implements Recovery {}
}
