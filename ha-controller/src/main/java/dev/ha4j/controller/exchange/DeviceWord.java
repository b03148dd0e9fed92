package dev.ha4j.controller.exchange;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * What a member heard from its quorum device about the ring of the exchange.
 *
 * @param granted whether the device gives its vote to this ring
 * @param unbrokenSince the epoch since which no other partition can have had that vote; empty if one may have
 */
public record DeviceWord(boolean granted, OptionalLong unbrokenSince) {

    public DeviceWord {
        Objects.requireNonNull(unbrokenSince, "unbrokenSince");
    }
}
