package dev.ha4j.cib;

import dev.ha4j.resources.config.AttributeSet;
import dev.ha4j.resources.config.AttributeSet.NamedValue;
import dev.ha4j.resources.config.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Sets of names and values, and the rules in them. */
final class SetImport {
    private final References references;

    SetImport(References references) {
        this.references = references;
    }

    Element resolve(Element element) {
        return references.resolve(element);
    }

    List<AttributeSet> read(Element parent, String kind) {
        return parent.children(kind).stream().map(this::set).toList();
    }

    private AttributeSet set(Element written) {
        Element set = resolve(written);
        List<NamedValue> entries = new ArrayList<>();
        List<Element> pairs = set.child("attributes").map(old -> old.children).orElse(set.children);
        for (Element pair : pairs) {
            if (pair.is("nvpair")) {
                pair(pair).ifPresent(entries::add);
            }
        }
        return new AttributeSet(
                set.id(),
                Scalar.score(set.get("score"), 0),
                set.child("rule").map(this::rule).orElse(null),
                entries);
    }

    private Optional<NamedValue> pair(Element written) {
        Element pair = resolve(written);
        String name = written.get("name", pair.get("name", ""));
        String value = pair.get("value");
        return value == null || name.isEmpty() ? Optional.empty() : Optional.of(new NamedValue(name, value));
    }

    Rule rule(Element written) {
        Element rule = resolve(written);
        String operator = rule.get("boolean-op", rule.get("boolean_op", "and")).toLowerCase(Locale.ROOT);
        List<Rule.Condition> conditions =
                rule.children.stream().map(this::condition).toList();
        return new Rule(
                rule.id(),
                operator.equals("or"),
                !rule.id().isEmpty() && (operator.equals("or") || operator.equals("and")),
                rule.get("score"),
                rule.get("score-attribute", rule.get("score_attribute", "")).isEmpty()
                        ? null
                        : rule.get("score-attribute", rule.get("score_attribute", "")),
                rule.get("role"),
                conditions);
    }

    private Rule.Condition condition(Element written) {
        Element element = resolve(written);
        return switch (element.name) {
            case "rule" -> new Rule.Nested(rule(element));
            case "expression" ->
                new Rule.OnAttribute(
                        element.get("attribute"),
                        element.get("operation"),
                        element.get("value"),
                        element.get("value-source"),
                        element.get("type"));
            case "date_expression" -> date(element);
            case "rsc_expression" ->
                new Rule.OnResource(element.get("class"), element.get("provider"), element.get("type"));
            case "op_expression" -> new Rule.OnOperation(element.get("name"), element.get("interval"));
            default -> new Rule.Unknown();
        };
    }

    private Rule.Condition date(Element element) {
        return new Rule.OnDate(
                element.get("operation"),
                element.get("start"),
                element.get("end"),
                element.child("duration").map(this::fields).orElse(null),
                element.child("date_spec").map(this::fields).orElse(null));
    }

    private Map<String, String> fields(Element written) {
        Map<String, String> fields = new LinkedHashMap<>(resolve(written).attributes);
        fields.remove("id");
        fields.remove("moon");
        return fields;
    }
}
