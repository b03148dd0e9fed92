package dev.ha4j.api.config;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Expressions: that they name what is there, and times that can come. */
record ExpressionCheck(ClusterPolicy policy, Check check, String where) {

    /** How deep expressions may be nested. */
    static final int MAX_DEPTH = 8;

    void run(Expression expression) {
        run(expression, 1);
    }

    private void run(Expression expression, int depth) {
        if (depth > MAX_DEPTH) {
            check.wrong(where, "has expressions nested too deeply", "at most " + MAX_DEPTH + " levels");
        } else if (expression instanceof Expression.AllOf all) {
            all.parts().forEach(part -> run(part, depth + 1));
        } else if (expression instanceof Expression.AnyOf any) {
            any.parts().forEach(part -> run(part, depth + 1));
        } else if (expression instanceof Expression.Attribute attribute) {
            attribute(attribute);
        } else if (expression instanceof Expression.During during) {
            during(during);
        } else if (expression instanceof Calendar calendar) {
            calendar(calendar);
        }
    }

    private void attribute(Expression.Attribute attribute) {
        boolean names =
                attribute.name().equals(Expression.NODE_NAME) && attribute.comparison() == Expression.Comparison.EQUAL;
        List<String> known = policy.nodes().stream().map(NodeSpec::name).toList();
        if (names && !known.contains(attribute.value())) {
            check.unknown(where, "node", attribute.value(), known);
        }
    }

    private void during(Expression.During during) {
        if (during.from().isEmpty() && during.until().isEmpty()) {
            check.wrong(where, "is limited to no time at all", "from(...), until(...) or between(...)");
        }
        Stream.of(during.from(), during.until())
                .flatMap(Optional::stream)
                .forEach(instant -> check.range(
                        where + ": year", instant.atOffset(ZoneOffset.UTC).getYear(), 1970, 9999));
        if (during.from().isPresent()
                && during.until().isPresent()
                && during.until().get().isBefore(during.from().get())) {
            check.wrong(
                    where,
                    "ends at " + during.until().get() + ", before it begins at "
                            + during.from().get(),
                    "exchange them");
        }
    }

    private void calendar(Calendar calendar) {
        if (calendar.knownZone().isEmpty()) {
            check.wrong(
                    where,
                    "goes by the clocks of " + calendar.zone() + ", a zone that is not known",
                    "\"UTC\", \"Europe/Vienna\"");
        }
        if (calendar.ranges().isEmpty()) {
            check.wrong(where, "has a calendar that always holds", "hours(8, 17), weekdays(1, 5), ...");
        }
        calendar.ranges().entrySet().forEach(this::range);
    }

    private void range(Map.Entry<Calendar.Field, Calendar.Range> entry) {
        Calendar.Field field = entry.getKey();
        Calendar.Range range = entry.getValue();
        check.range(where + ": " + field, range.from(), field.least(), field.most());
        check.range(where + ": " + field, range.to(), field.least(), field.most());
        if (range.from() > range.to()) {
            check.wrong(
                    where,
                    field + " from " + range.from() + " to " + range.to() + " never comes",
                    "anyOf(...) of two ranges, the first of them from " + range.from() + " to " + field.most());
        }
    }
}
