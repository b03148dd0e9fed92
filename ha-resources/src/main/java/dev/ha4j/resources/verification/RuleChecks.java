package dev.ha4j.resources.verification;

import dev.ha4j.resources.config.AttributeSet;
import dev.ha4j.resources.config.NodeEntry;
import dev.ha4j.resources.config.PolicyInput;
import dev.ha4j.resources.config.ResourceEntry;
import dev.ha4j.resources.config.Rule;
import dev.ha4j.resources.policy.Dates;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules, wherever they are. */
final class RuleChecks {
    private static final Value COMPARISON = Value.of("lt", "gt", "lte", "gte", "eq", "ne", "defined", "not_defined");
    private static final Value TYPE = Value.of("string", "integer", "number", "version");
    private static final Value SOURCE = Value.of("literal", "param", "meta");
    private static final Value DATE = Value.of("gt", "lt", "in_range", "date_spec");

    private final Findings findings;
    private final String owner;

    RuleChecks(Findings findings, String owner) {
        this.findings = findings;
        this.owner = owner;
    }

    static void ofSets(PolicyInput input, Findings findings) {
        ofSets(findings, input.options());
        ofSets(findings, input.resourceDefaults());
        ofSets(findings, input.operationDefaults());
        for (NodeEntry node : input.nodes()) {
            ofSets(findings, node.attributes());
        }
        input.resources().forEach(resource -> ofResource(findings, resource));
    }

    private static void ofResource(Findings findings, ResourceEntry entry) {
        ofSets(findings, entry.meta());
        ofSets(findings, entry.parameters());
        if (entry instanceof ResourceEntry.Group group) {
            group.members().forEach(member -> ofResource(findings, member));
        } else if (entry instanceof ResourceEntry.Clone clone) {
            ofResource(findings, clone.child());
        } else if (entry instanceof ResourceEntry.Bundle bundle && bundle.child() != null) {
            ofResource(findings, bundle.child());
        }
    }

    private static void ofSets(Findings findings, List<AttributeSet> sets) {
        for (AttributeSet set : sets) {
            if (set.rule() != null) {
                new RuleChecks(findings, set.id()).conditions(set.rule());
            }
        }
    }

    void ofLocation(Rule rule, boolean gives) {
        if (gives && rule.score() == null && rule.scoreAttribute() == null) {
            findings.error(owner, "the rule " + rule.id() + " gives no score", "add score or score-attribute");
        }
        value(rule, "score", rule.score(), Value.HEALTH);
        value(rule, "role", rule.role(), Value.of("stopped", "started", "unpromoted", "promoted", "slave", "master"));
        conditions(rule);
    }

    private void conditions(Rule rule) {
        if (!rule.valid()) {
            findings.error(
                    owner,
                    "the rule " + rule.id() + " is never satisfied: it has no id, or its boolean-op is unknown",
                    "give it an id, and boolean-op=\"and\" or \"or\"");
        }
        if (rule.conditions().isEmpty()) {
            findings.warning(
                    owner, "the rule " + rule.id() + " has no condition, so it always holds", "add a condition");
        }
        for (Rule.Condition condition : rule.conditions()) {
            if (condition instanceof Rule.Nested nested) {
                conditions(nested.rule());
            } else if (condition instanceof Rule.OnAttribute on) {
                attribute(rule, on);
            } else if (condition instanceof Rule.OnDate on) {
                date(rule, on);
            } else if (condition instanceof Rule.Unknown) {
                findings.error(
                        owner,
                        "a condition of the rule " + rule.id() + " is of no known kind, and never holds",
                        "use expression, date_expression, rsc_expression or op_expression");
            }
        }
    }

    private void attribute(Rule rule, Rule.OnAttribute on) {
        if (on.attribute() == null) {
            missing(rule, "attribute");
        }
        if (on.operation() == null) {
            missing(rule, "operation");
        }
        value(rule, "operation", on.operation(), COMPARISON);
        value(rule, "type", on.type(), TYPE);
        value(rule, "value-source", on.valueSource(), SOURCE);
        boolean needsValue = on.operation() != null && !on.operation().endsWith("defined");
        if (needsValue && on.value() == null) {
            missing(rule, "value");
        }
        boolean number = "integer".equals(on.type()) || "number".equals(on.type());
        boolean literal = on.valueSource() == null || on.valueSource().equals("literal");
        if (number && literal && on.value() != null && !on.value().strip().matches("[+-]?\\d+(\\.\\d+)?")) {
            findings.error(
                    owner,
                    "the rule " + rule.id() + " compares numbers, and \"" + on.value() + "\" is none",
                    "write a number, or type=\"string\"");
        }
    }

    private void date(Rule rule, Rule.OnDate on) {
        value(rule, "operation", on.operation(), DATE);
        time(rule, "start", on.start());
        time(rule, "end", on.end());
        String operation = on.operation() == null ? "in_range" : on.operation();
        boolean range = operation.equals("in_range");
        if (range && on.start() == null && on.end() == null) {
            missing(rule, "start or end");
        } else if (operation.equals("gt") && on.start() == null) {
            missing(rule, "start");
        } else if (operation.equals("lt") && on.end() == null) {
            missing(rule, "end");
        } else if (operation.equals("date_spec") && on.spec() == null) {
            missing(rule, "date_spec");
        }
        if (on.start() != null && on.end() != null) {
            backwards(rule, on.start(), on.end());
        }
    }

    private void backwards(Rule rule, String start, String end) {
        var from = Dates.parse(start, Instant.EPOCH);
        var to = Dates.parse(end, Instant.EPOCH);
        if (from.isPresent() && to.isPresent() && to.get().isBefore(from.get())) {
            findings.error(
                    owner,
                    "the rule " + rule.id() + " ends at " + end + ", before it starts",
                    "exchange start and end");
        }
    }

    private void time(Rule rule, String attribute, @Nullable String text) {
        if (text != null && Dates.parse(text, Instant.EPOCH).isEmpty()) {
            findings.error(
                    owner,
                    "in the rule " + rule.id() + " " + attribute + " can't be \"" + text + "\"",
                    "write a date as in 2026-03-01T12:00:00Z");
        }
    }

    private void missing(Rule rule, String attribute) {
        findings.error(
                owner,
                "a condition of the rule " + rule.id() + " has no " + attribute + ", and never holds",
                "add " + attribute);
    }

    private void value(Rule rule, String attribute, @Nullable String text, Value wanted) {
        if (text != null && !wanted.accepts(text)) {
            findings.error(
                    owner,
                    "in the rule " + rule.id() + " " + attribute + " can't be \"" + text + "\"",
                    "write " + wanted.example());
        }
    }
}
