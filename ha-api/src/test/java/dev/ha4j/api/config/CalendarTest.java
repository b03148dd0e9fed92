package dev.ha4j.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** When a calendar holds, and when that changes. */
class CalendarTest {

    private static final Instant THURSDAY_NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final Duration WEEK = Duration.ofDays(7);

    private static Instant next(Calendar calendar, String from) {
        Instant now = Instant.parse(from);
        return calendar.nextChange(now, now.plus(WEEK)).orElseThrow();
    }

    @Test
    void officeHoursEndWithTheHourAndTheWeek() {
        Calendar office = Calendar.inUtc().weekdays(1, 5).hours(8, 17);
        assertThat(office.holds(THURSDAY_NOON)).isTrue();
        assertThat(office.holds(Instant.parse("2026-11-26T17:59:59Z"))).isTrue();
        assertThat(next(office, "2026-11-26T12:34:56Z")).isEqualTo("2026-11-26T18:00:00Z");
        assertThat(next(office, "2026-11-27T18:00:00Z")).isEqualTo("2026-11-30T08:00:00Z");
    }

    /** In Vienna it is an hour later than in UTC in winter, and two in summer. */
    @Test
    void clocksOfAZoneAreChangedInSpring() {
        Calendar morning = Calendar.in("Europe/Vienna").hours(8, 8);
        assertThat(next(morning, "2026-03-28T00:00:00Z")).isEqualTo("2026-03-28T07:00:00Z");
        assertThat(next(morning, "2026-03-29T00:00:00Z")).isEqualTo("2026-03-29T06:00:00Z");
    }

    @Test
    void whereHoursBeginAtHalfPastMinutesAreLookedAt() {
        Calendar morning = Calendar.in("Asia/Kolkata").hours(9, 17);
        assertThat(next(morning, "2026-11-26T00:00:00Z")).isEqualTo("2026-11-26T03:30:00Z");
    }

    @Test
    void minutesCount() {
        Calendar quarter = Calendar.inUtc().minutes(0, 14);
        assertThat(next(quarter, "2026-11-26T12:03:30Z")).isEqualTo("2026-11-26T12:15:00Z");
    }

    @Test
    void whatIsTooFarAwayIsNotLookedFor() {
        Calendar christmas = Calendar.inUtc().months(12, 12).monthdays(24, 26);
        assertThat(christmas.nextChange(THURSDAY_NOON, THURSDAY_NOON.plus(WEEK)))
                .isEmpty();
        assertThat(christmas.nextChange(THURSDAY_NOON, THURSDAY_NOON.plus(Duration.ofDays(60))))
                .hasValue(Instant.parse("2026-12-24T00:00:00Z"));
    }

    @Test
    void aZoneThatTheJvmDoesNotKnowIsUtc() {
        assertThat(Calendar.in("Mars/Olympus").hours(12, 12).holds(THURSDAY_NOON))
                .isTrue();
    }
}
