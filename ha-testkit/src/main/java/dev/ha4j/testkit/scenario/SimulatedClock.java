package dev.ha4j.testkit.scenario;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/** The wall clock of a simulated machine. */
final class SimulatedClock extends Clock {

    private final LongSupplier wallMillis;
    private final ZoneId zone;

    SimulatedClock(LongSupplier wallMillis) {
        this(wallMillis, ZoneOffset.UTC);
    }

    private SimulatedClock(LongSupplier wallMillis, ZoneId zone) {
        this.wallMillis = wallMillis;
        this.zone = zone;
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new SimulatedClock(wallMillis, other);
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(wallMillis.getAsLong());
    }
}
