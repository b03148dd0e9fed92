package dev.ha4j.resources.policy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates, durations and calendar ranges as rules write them. A time without an offset is in UTC. */
public final class Dates {
    private static final long DAY = 86_400;
    private static final Pattern ISO_PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)([YMWDHS])");
    private static final Pattern TIME = Pattern.compile(
            "([0-9]{2})(?::?([0-9]{2})(?::?([0-9]{2})(?:[.][0-9]+)?)?)?\\s*(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?");

    private Dates() {}

    /** Reads a date, a time or both; empty if it is neither. */
    public static Optional<OffsetDateTime> parse(String text, Instant today) {
        String written = text.strip();
        if (written.equals("epoch")) {
            return Optional.of(Instant.EPOCH.atOffset(ZoneOffset.UTC));
        }
        try {
            int split = written.indexOf('T');
            if (split < 0) {
                split = written.indexOf(' ');
            }
            if (split < 0) {
                boolean timeOnly = written.indexOf(':') == 2;
                return Optional.of(
                        timeOnly
                                ? at(today.atOffset(ZoneOffset.UTC).toLocalDate(), written)
                                : at(date(written), "00:00:00Z"));
            }
            LocalDate date =
                    split == 0 ? today.atOffset(ZoneOffset.UTC).toLocalDate() : date(written.substring(0, split));
            return Optional.of(at(date, written.substring(split + 1).strip()));
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static LocalDate date(String text) {
        if (text.matches("[0-9]{8}")) {
            return LocalDate.of(
                    Integer.parseInt(text.substring(0, 4)),
                    Integer.parseInt(text.substring(4, 6)),
                    Integer.parseInt(text.substring(6)));
        }
        String[] parts = text.split("-", -1);
        int year = Integer.parseInt(parts[0]);
        if (parts.length == 2 && parts[1].length() == 3) {
            return LocalDate.ofYearDay(year, Integer.parseInt(parts[1]));
        }
        if (parts.length == 3 && parts[1].startsWith("W")) {
            return LocalDate.of(year, 1, 4)
                    .with(IsoFields.WEEK_OF_WEEK_BASED_YEAR, Long.parseLong(parts[1].substring(1)))
                    .with(java.time.DayOfWeek.of(Integer.parseInt(parts[2])));
        }
        if (parts.length != 3) {
            throw new DateTimeException(text);
        }
        return LocalDate.of(year, Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }

    private static OffsetDateTime at(LocalDate date, String time) {
        Matcher matcher = TIME.matcher(time);
        if (!matcher.matches()) {
            throw new DateTimeException(time);
        }
        int hour = Integer.parseInt(matcher.group(1));
        int minute = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
        int second = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
        ZoneOffset offset = matcher.group(4) == null ? ZoneOffset.UTC : ZoneOffset.of(matcher.group(4));
        if (hour == 24 && minute == 0 && second == 0) {
            return date.plusDays(1).atTime(LocalTime.MIDNIGHT).atOffset(offset);
        }
        return date.atTime(LocalTime.of(hour, minute, second)).atOffset(offset);
    }

    /** Years of 365 days, months of 30. */
    static long isoDurationSeconds(String text) {
        int timeFrom = text.indexOf('T');
        long seconds = 0;
        Matcher matcher = ISO_PART.matcher(text);
        while (matcher.find()) {
            long amount = (long) Double.parseDouble(matcher.group(1));
            boolean time = timeFrom >= 0 && matcher.start() > timeFrom;
            seconds += amount * secondsIn(matcher.group(2).charAt(0), time);
        }
        return seconds;
    }

    private static long secondsIn(char unit, boolean time) {
        return switch (unit) {
            case 'Y' -> 365 * DAY;
            case 'M' -> time ? 60 : 30 * DAY;
            case 'W' -> 7 * DAY;
            case 'D' -> DAY;
            case 'H' -> 3600;
            default -> 1;
        };
    }

    static OffsetDateTime plus(OffsetDateTime start, Map<String, String> duration) {
        return start.plusYears(amount(duration, "years"))
                .plusMonths(amount(duration, "months"))
                .plusWeeks(amount(duration, "weeks"))
                .plusDays(amount(duration, "days"))
                .plusHours(amount(duration, "hours"))
                .plusMinutes(amount(duration, "minutes"))
                .plusSeconds(amount(duration, "seconds"));
    }

    private static long amount(Map<String, String> duration, String unit) {
        return Text.integer(duration.get(unit), 0);
    }

    /** Whether every field that is given holds the time. */
    static boolean matches(Map<String, String> spec, OffsetDateTime now) {
        return within(spec.get("years"), now.getYear())
                && within(spec.get("months"), now.getMonthValue())
                && within(spec.get("monthdays"), now.getDayOfMonth())
                && within(spec.get("hours"), now.getHour())
                && within(spec.get("minutes"), now.getMinute())
                && within(spec.get("seconds"), now.getSecond())
                && within(spec.get("yeardays"), now.getDayOfYear())
                && within(spec.get("weekyears"), now.get(IsoFields.WEEK_BASED_YEAR))
                && within(spec.get("weeks"), now.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR))
                && within(spec.get("weekdays"), now.getDayOfWeek().getValue());
    }

    private static boolean within(@org.jspecify.annotations.Nullable String range, int value) {
        if (range == null) {
            return true;
        }
        int dash = range.indexOf('-');
        if (dash < 0) {
            return Text.integer(range, Long.MIN_VALUE) == value;
        }
        long low = dash == 0 ? Long.MIN_VALUE : Text.integer(range.substring(0, dash), Long.MAX_VALUE);
        String after = range.substring(dash + 1);
        long high = after.isEmpty() ? Long.MAX_VALUE : Text.integer(after, Long.MIN_VALUE);
        return low <= value && value <= high;
    }
}
