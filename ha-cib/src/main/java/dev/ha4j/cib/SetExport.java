package dev.ha4j.cib;

import dev.ha4j.resources.config.AttributeSet;
import dev.ha4j.resources.config.AttributeSet.NamedValue;
import dev.ha4j.resources.config.Rule;
import dev.ha4j.resources.config.Scores;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sets of names and values, and the rules in them. */
final class SetExport {
    private final XmlText xml;
    private final WrittenIds ids;

    SetExport(XmlText xml, WrittenIds ids) {
        this.xml = xml;
        this.ids = ids;
    }

    WrittenIds ids() {
        return ids;
    }

    void write(String kind, List<AttributeSet> sets) {
        sets.forEach(set -> write(kind, set));
    }

    private void write(String kind, AttributeSet set) {
        xml.begin(kind);
        if (ids.isKnown(kind, set.id(), set)) {
            xml.set("id-ref", set.id()).end();
            return;
        }
        xml.set("id", set.id());
        if (set.score() != 0) {
            xml.set("score", score(set.score()));
        }
        if (set.rule() != null) {
            rule(set.rule());
        }
        for (NamedValue entry : set.entries()) {
            xml.begin("nvpair")
                    .set("id", ids.fresh(set.id() + "-" + entry.name()))
                    .set("name", entry.name())
                    .set("value", entry.value())
                    .end();
        }
        xml.end();
    }

    static String score(int score) {
        return Math.abs(score) < Scores.INFINITY ? Integer.toString(score) : score > 0 ? "INFINITY" : "-INFINITY";
    }

    void rule(Rule rule) {
        xml.begin("rule");
        if (ids.isKnown("rule", rule.id(), rule)) {
            xml.set("id-ref", rule.id()).end();
            return;
        }
        xml.set("id", rule.id()).set("boolean-op", operator(rule));
        xml.set("score", rule.score())
                .set("score-attribute", rule.scoreAttribute())
                .set("role", rule.role());
        for (Rule.Condition condition : rule.conditions()) {
            condition(rule.id(), condition);
        }
        xml.end();
    }

    /** A rule that could not be understood stays one. */
    private static String operator(Rule rule) {
        return rule.anyOf() ? "or" : rule.valid() || rule.id().isEmpty() ? "and" : "unknown";
    }

    private void condition(String rule, Rule.Condition condition) {
        if (condition instanceof Rule.Nested nested) {
            rule(nested.rule());
        } else if (condition instanceof Rule.OnAttribute on) {
            expression("expression", rule)
                    .set("attribute", on.attribute())
                    .set("operation", on.operation())
                    .set("value", on.value())
                    .set("value-source", on.valueSource())
                    .set("type", on.type())
                    .end();
        } else if (condition instanceof Rule.OnDate on) {
            date(rule, on);
        } else if (condition instanceof Rule.OnResource on) {
            expression("rsc_expression", rule)
                    .set("class", on.standard())
                    .set("provider", on.provider())
                    .set("type", on.type())
                    .end();
        } else if (condition instanceof Rule.OnOperation on) {
            expression("op_expression", rule)
                    .set("name", on.name())
                    .set("interval", on.interval())
                    .end();
        } else {
            expression("unknown_expression", rule).end();
        }
    }

    private XmlText expression(String kind, String rule) {
        return xml.begin(kind).set("id", ids.fresh(rule + "-" + kind));
    }

    private void date(String rule, Rule.OnDate on) {
        expression("date_expression", rule)
                .set("operation", on.operation())
                .set("start", on.start())
                .set("end", on.end());
        fields("duration", rule, on.duration());
        fields("date_spec", rule, on.spec());
        xml.end();
    }

    private void fields(String kind, String rule, @Nullable Map<String, String> fields) {
        if (fields != null) {
            expression(kind, rule).set(fields).end();
        }
    }
}
