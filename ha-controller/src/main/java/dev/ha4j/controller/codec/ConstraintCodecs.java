package dev.ha4j.controller.codec;

import static dev.ha4j.controller.codec.Codecs.BOOL;
import static dev.ha4j.controller.codec.Codecs.INT;
import static dev.ha4j.controller.codec.Codecs.LONG;
import static dev.ha4j.controller.codec.Codecs.TEXT;
import static dev.ha4j.controller.codec.Codecs.enumOf;
import static dev.ha4j.controller.codec.Codecs.listOf;
import static dev.ha4j.controller.codec.Codecs.mapOf;
import static dev.ha4j.controller.codec.Codecs.nested;
import static dev.ha4j.controller.codec.Codecs.optional;
import static dev.ha4j.controller.codec.PolicyCodecs.OPERATION;
import static dev.ha4j.controller.codec.PolicyCodecs.ROLE;
import static dev.ha4j.controller.codec.PolicyCodecs.SCORE;

import dev.ha4j.api.config.Calendar;
import dev.ha4j.api.config.ColocationConstraint;
import dev.ha4j.api.config.ColocationSet;
import dev.ha4j.api.config.ColocationSets;
import dev.ha4j.api.config.Constraint;
import dev.ha4j.api.config.Expression;
import dev.ha4j.api.config.LocationConstraint;
import dev.ha4j.api.config.LossPolicy;
import dev.ha4j.api.config.OrderConstraint;
import dev.ha4j.api.config.OrderSet;
import dev.ha4j.api.config.OrderSets;
import dev.ha4j.api.config.Rule;
import dev.ha4j.api.config.TicketConstraint;
import java.time.Instant;

/** Constraints and their rules as bytes. */
final class ConstraintCodecs {

    /** No configuration nests deeper: {@code build()} refuses it. */
    private static final int MAX_EXPRESSION_DEPTH = 8;

    static final Codec<Expression> EXPRESSION = expression(MAX_EXPRESSION_DEPTH);

    private static final Codec<Rule> RULE = Codec.of(
            (out, v) -> out.put(SCORE, v.score()).put(EXPRESSION, v.expression()),
            in -> new Rule(in.get(SCORE), in.get(EXPRESSION)));

    private static final Codec<Instant> INSTANT = Codec.of(
            (out, v) -> out.put(LONG, v.getEpochSecond()).put(INT, v.getNano()),
            in -> Instant.ofEpochSecond(in.get(LONG), in.get(INT)));

    private static final Codec<Calendar.Range> RANGE = Codec.of(
            (out, v) -> out.put(INT, v.from()).put(INT, v.to()), in -> new Calendar.Range(in.get(INT), in.get(INT)));

    private static final Codec<Calendar> CALENDAR = Codec.of(
            (out, v) -> out.put(TEXT, v.zone()).put(mapOf(enumOf(Calendar.Field.values()), RANGE), v.ranges()),
            in -> new Calendar(in.get(TEXT), in.get(mapOf(enumOf(Calendar.Field.values()), RANGE))));

    private static final Codec<LocationConstraint> LOCATION = Codec.of(
            (out, v) -> out.put(TEXT, v.id())
                    .put(listOf(TEXT), v.resources())
                    .put(optional(ROLE), v.role())
                    .put(listOf(RULE), v.rules())
                    .put(enumOf(LocationConstraint.Discovery.values()), v.discovery()),
            in -> new LocationConstraint(
                    in.get(TEXT),
                    in.get(listOf(TEXT)),
                    in.get(optional(ROLE)),
                    in.get(listOf(RULE)),
                    in.get(enumOf(LocationConstraint.Discovery.values()))));

    private static final Codec<ColocationConstraint> COLOCATION = Codec.of(
            (out, v) -> out.put(TEXT, v.id())
                    .put(TEXT, v.dependent())
                    .put(optional(ROLE), v.dependentRole())
                    .put(TEXT, v.primary())
                    .put(optional(ROLE), v.primaryRole())
                    .put(SCORE, v.score())
                    .put(optional(TEXT), v.nodeAttribute())
                    .put(optional(BOOL), v.influence()),
            in -> new ColocationConstraint(
                    in.get(TEXT),
                    in.get(TEXT),
                    in.get(optional(ROLE)),
                    in.get(TEXT),
                    in.get(optional(ROLE)),
                    in.get(SCORE),
                    in.get(optional(TEXT)),
                    in.get(optional(BOOL))));

    private static final Codec<ColocationSet> COLOCATION_SET = Codec.of(
            (out, v) -> out.put(listOf(TEXT), v.resources())
                    .put(optional(ROLE), v.role())
                    .put(BOOL, v.sequential()),
            in -> new ColocationSet(in.get(listOf(TEXT)), in.get(optional(ROLE)), in.get(BOOL)));

    private static final Codec<ColocationSets> COLOCATION_SETS = Codec.of(
            (out, v) ->
                    out.put(TEXT, v.id()).put(listOf(COLOCATION_SET), v.sets()).put(SCORE, v.score()),
            in -> new ColocationSets(in.get(TEXT), in.get(listOf(COLOCATION_SET)), in.get(SCORE)));

    private static final Codec<OrderConstraint> ORDER = Codec.of(
            (out, v) -> out.put(TEXT, v.id())
                    .put(TEXT, v.first())
                    .put(OPERATION, v.firstAction())
                    .put(TEXT, v.then())
                    .put(OPERATION, v.thenAction())
                    .put(enumOf(OrderConstraint.Kind.values()), v.kind())
                    .put(BOOL, v.symmetrical())
                    .put(BOOL, v.requireAll()),
            in -> new OrderConstraint(
                    in.get(TEXT),
                    in.get(TEXT),
                    in.get(OPERATION),
                    in.get(TEXT),
                    in.get(OPERATION),
                    in.get(enumOf(OrderConstraint.Kind.values())),
                    in.get(BOOL),
                    in.get(BOOL)));

    private static final Codec<OrderSet> ORDER_SET = Codec.of(
            (out, v) -> out.put(listOf(TEXT), v.resources())
                    .put(OPERATION, v.action())
                    .put(BOOL, v.sequential())
                    .put(BOOL, v.requireAll()),
            in -> new OrderSet(in.get(listOf(TEXT)), in.get(OPERATION), in.get(BOOL), in.get(BOOL)));

    private static final Codec<OrderSets> ORDER_SETS = Codec.of(
            (out, v) -> out.put(TEXT, v.id())
                    .put(listOf(ORDER_SET), v.sets())
                    .put(enumOf(OrderConstraint.Kind.values()), v.kind())
                    .put(BOOL, v.symmetrical()),
            in -> new OrderSets(
                    in.get(TEXT),
                    in.get(listOf(ORDER_SET)),
                    in.get(enumOf(OrderConstraint.Kind.values())),
                    in.get(BOOL)));

    private static final Codec<TicketConstraint> TICKET = Codec.of(
            (out, v) -> out.put(TEXT, v.id())
                    .put(TEXT, v.ticket())
                    .put(listOf(TEXT), v.resources())
                    .put(optional(ROLE), v.role())
                    .put(optional(enumOf(LossPolicy.values())), v.onLoss()),
            in -> new TicketConstraint(
                    in.get(TEXT),
                    in.get(TEXT),
                    in.get(listOf(TEXT)),
                    in.get(optional(ROLE)),
                    in.get(optional(enumOf(LossPolicy.values())))));

    static final Codec<Constraint> CONSTRAINT = Codec.of(ConstraintCodecs::write, ConstraintCodecs::read);

    private ConstraintCodecs() {}

    private static void write(Writer out, Constraint constraint) {
        if (constraint instanceof LocationConstraint location) {
            out.oneByte(0);
            out.put(LOCATION, location);
        } else if (constraint instanceof ColocationConstraint colocation) {
            out.oneByte(1);
            out.put(COLOCATION, colocation);
        } else if (constraint instanceof OrderConstraint order) {
            out.oneByte(2);
            out.put(ORDER, order);
        } else if (constraint instanceof ColocationSets sets) {
            out.oneByte(3);
            out.put(COLOCATION_SETS, sets);
        } else if (constraint instanceof OrderSets sets) {
            out.oneByte(4);
            out.put(ORDER_SETS, sets);
        } else if (constraint instanceof TicketConstraint ticket) {
            out.oneByte(5);
            out.put(TICKET, ticket);
        }
    }

    private static Constraint read(Reader in) {
        int tag = in.oneByte();
        return switch (tag) {
            case 0 -> in.get(LOCATION);
            case 1 -> in.get(COLOCATION);
            case 2 -> in.get(ORDER);
            case 3 -> in.get(COLOCATION_SETS);
            case 4 -> in.get(ORDER_SETS);
            case 5 -> in.get(TICKET);
            default -> throw new UnknownKind("constraint " + tag);
        };
    }

    private static Codec<Expression> expression(int depth) {
        return Codec.of((out, v) -> writeExpression(out, v, depth), in -> readExpression(in, depth));
    }

    private static Codec<Expression> deeper(int depth) {
        return nested(() -> expression(depth - 1), depth);
    }

    private static void writeExpression(Writer out, Expression expression, int depth) {
        if (expression instanceof Expression.AllOf all) {
            out.oneByte(0);
            out.put(listOf(deeper(depth)), all.parts());
        } else if (expression instanceof Expression.AnyOf any) {
            out.oneByte(1);
            out.put(listOf(deeper(depth)), any.parts());
        } else if (expression instanceof Expression.Attribute attribute) {
            out.oneByte(2);
            out.put(TEXT, attribute.name())
                    .put(enumOf(Expression.Comparison.values()), attribute.comparison())
                    .put(TEXT, attribute.value());
        } else if (expression instanceof Expression.During during) {
            out.oneByte(3);
            out.put(optional(INSTANT), during.from()).put(optional(INSTANT), during.until());
        } else if (expression instanceof Calendar calendar) {
            out.oneByte(4);
            out.put(CALENDAR, calendar);
        }
    }

    private static Expression readExpression(Reader in, int depth) {
        int tag = in.oneByte();
        return switch (tag) {
            case 0 -> new Expression.AllOf(in.get(listOf(deeper(depth))));
            case 1 -> new Expression.AnyOf(in.get(listOf(deeper(depth))));
            case 2 ->
                new Expression.Attribute(in.get(TEXT), in.get(enumOf(Expression.Comparison.values())), in.get(TEXT));
            case 3 -> new Expression.During(in.get(optional(INSTANT)), in.get(optional(INSTANT)));
            case 4 -> in.get(CALENDAR);
            default -> throw new UnknownKind("expression " + tag);
        };
    }
}
