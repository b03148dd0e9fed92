package dev.ha4j.totem.wire;

import dev.ha4j.totem.TotemMessage;

/** What a packet turned out to be. */
public sealed interface DecodeResult {

    record Decoded(TotemMessage message) implements DecodeResult {}

    /** Not a packet of ours; the reason is one of a few fixed texts, fit for a counter. */
    record Rejected(String reason) implements DecodeResult {}
}
