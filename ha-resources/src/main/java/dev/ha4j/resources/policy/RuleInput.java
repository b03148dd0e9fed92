package dev.ha4j.resources.policy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a rule may look at; null is what the place of the rule does not offer. */
record RuleInput(
        @Nullable Map<String, String> nodeAttributes,
        @Nullable Map<String, String> parameters,
        @Nullable Map<String, String> meta,
        @Nullable ResourceKind kind,
        @Nullable String operation,
        long intervalMillis,
        List<String> submatches) {

    static final RuleInput NOTHING = new RuleInput(null, null, null, null, null, 0, List.of());

    static RuleInput of(ResourceKind kind) {
        return new RuleInput(null, null, null, kind, null, 0, List.of());
    }

    static RuleInput of(ResourceKind kind, String operation, long intervalMillis) {
        return new RuleInput(null, null, null, kind, operation, intervalMillis, List.of());
    }

    static RuleInput on(@Nullable Node node) {
        return new RuleInput(node == null ? null : node.attributes, null, null, null, null, 0, List.of());
    }

    /** Replaces %0 to %9 by what the pattern of the constraint matched. */
    @Nullable
    String expand(@Nullable String text) {
        if (text == null || submatches.isEmpty() || text.indexOf('%') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%' && i + 1 < text.length() && Character.isDigit(text.charAt(i + 1))) {
                int group = text.charAt(++i) - '0';
                out.append(group < submatches.size() ? submatches.get(group) : "");
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
