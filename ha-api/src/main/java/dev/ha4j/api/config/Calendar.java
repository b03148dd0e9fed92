package dev.ha4j.api.config;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalField;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A time that comes again and again ({@code date_spec}): {@code Calendar.in("Europe/Vienna").weekdays(1, 5).hours(8, 17)}
 * is Monday to Friday from 8:00 to 17:59:59. Holds while each field is in its range.
 *
 * @param zone where clocks show this time, as {@link ZoneId} names it; its rules (summer time) are those of the JVM that plans, and
 *     UTC if that does not know the zone
 * @param ranges by field; a field that is not there may be anything
 */
public record Calendar(String zone, SortedMap<Field, Range> ranges) implements Expression {

    /** Instants that are looked at to find the next change. */
    private static final int MAX_STEPS = 10_000;

    /** What clocks and calendars show. */
    public enum Field {
        YEARS(ChronoField.YEAR, 1, 9999),
        MONTHS(ChronoField.MONTH_OF_YEAR, 1, 12),
        MONTHDAYS(ChronoField.DAY_OF_MONTH, 1, 31),
        /** Weeks by ISO 8601, the first of which has the year's first Thursday. */
        WEEKS(IsoFields.WEEK_OF_WEEK_BASED_YEAR, 1, 53),
        /** 1 is Monday. */
        WEEKDAYS(ChronoField.DAY_OF_WEEK, 1, 7),
        HOURS(ChronoField.HOUR_OF_DAY, 0, 23),
        MINUTES(ChronoField.MINUTE_OF_HOUR, 0, 59);

        private final TemporalField field;
        private final int least;
        private final int most;

        Field(TemporalField field, int least, int most) {
            this.field = field;
            this.least = least;
            this.most = most;
        }

        int least() {
            return least;
        }

        int most() {
            return most;
        }
    }

    /** From one value to another, both included. */
    public record Range(int from, int to) {
        boolean contains(int value) {
            return from <= value && value <= to;
        }
    }

    public Calendar {
        Objects.requireNonNull(zone, "zone");
        ranges = Collections.unmodifiableSortedMap(new TreeMap<>(ranges));
    }

    /** Any time, by the clocks of this zone. */
    public static Calendar in(String zone) {
        return new Calendar(zone, new TreeMap<>());
    }

    public static Calendar inUtc() {
        return in("UTC");
    }

    public Calendar years(int from, int to) {
        return with(Field.YEARS, from, to);
    }

    public Calendar months(int from, int to) {
        return with(Field.MONTHS, from, to);
    }

    public Calendar monthdays(int from, int to) {
        return with(Field.MONTHDAYS, from, to);
    }

    public Calendar weeks(int from, int to) {
        return with(Field.WEEKS, from, to);
    }

    /** 1 is Monday. */
    public Calendar weekdays(int from, int to) {
        return with(Field.WEEKDAYS, from, to);
    }

    /** From the beginning of the one hour to the end of the other. */
    public Calendar hours(int from, int to) {
        return with(Field.HOURS, from, to);
    }

    public Calendar minutes(int from, int to) {
        return with(Field.MINUTES, from, to);
    }

    private Calendar with(Field field, int from, int to) {
        TreeMap<Field, Range> all = new TreeMap<>(ranges);
        all.put(field, new Range(from, to));
        return new Calendar(zone, all);
    }

    /** Whether it is this time. */
    public boolean holds(Instant now) {
        ZonedDateTime time = now.atZone(knownZone().orElse(ZoneOffset.UTC));
        return ranges.entrySet().stream().allMatch(range -> range.getValue().contains(time.get(range.getKey().field)));
    }

    /** The first instant up to a given one at which it begins or ceases to be this time; empty if there is none. */
    public Optional<Instant> nextChange(Instant now, Instant limit) {
        boolean holds = holds(now);
        ChronoUnit unit =
                ranges.containsKey(Field.MINUTES) || !isWholeHours(now) ? ChronoUnit.MINUTES : ChronoUnit.HOURS;
        Instant at = now.truncatedTo(unit);
        for (int step = 0; step < MAX_STEPS && !at.isAfter(limit); step++) {
            at = at.plus(1, unit);
            if (holds(at) != holds) {
                return at.isAfter(limit) ? Optional.empty() : Optional.of(at);
            }
        }
        return Optional.empty();
    }

    /** Not everywhere do hours begin when they do in UTC. */
    private boolean isWholeHours(Instant now) {
        ZoneId known = knownZone().orElse(ZoneOffset.UTC);
        return known.getRules().getOffset(now).getTotalSeconds() % 3600 == 0;
    }

    /** What a JVM knows of zones must not decide what a replica can read: a name is kept, and looked up when it is needed. */
    Optional<ZoneId> knownZone() {
        try {
            return Optional.of(ZoneId.of(zone));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
