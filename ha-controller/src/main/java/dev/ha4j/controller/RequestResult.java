package dev.ha4j.controller;

import dev.ha4j.api.state.StateVersion;

/** What became of a request. */
public sealed interface RequestResult {

    /** It was carried out, and survives any crash that leaves a quorum's disks. */
    record Applied(StateVersion version) implements RequestResult {}

    /** It was not carried out, and never will be. */
    record Refused(String reason) implements RequestResult {}

    /** It can't be known whether it was or will be carried out. Asking again with the same id does not do it twice. */
    record Indeterminate(String reason) implements RequestResult {}
}
