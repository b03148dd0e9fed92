package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.Constraint;
import dev.ha4j.resources.config.Constraint.ResourceSet;
import dev.ha4j.resources.config.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Where resources may run, and how much they like it there. */
final class LocationConstraints {
    private final Model model;
    private final ResourceReferences references;

    LocationConstraints(Model model, ResourceReferences references) {
        this.model = model;
        this.references = references;
    }

    void add(Constraint.Location constraint) {
        String pattern = constraint.get("rsc-pattern");
        if (!constraint.sets().isEmpty()) {
            for (ResourceSet set : references.expand(constraint.sets())) {
                addSet(constraint, set);
            }
        } else if (pattern != null) {
            addPattern(constraint, pattern);
        } else {
            addPlain(constraint);
        }
    }

    private void addSet(Constraint.Location constraint, ResourceSet set) {
        for (Resource resource : references.resources(set)) {
            apply(constraint, resource, set.get("role"), set.get("score"), List.of());
        }
    }

    private void addPlain(Constraint.Location constraint) {
        String name = constraint.get("rsc");
        List<String> members = references.members(name);
        for (String each : members != null ? members : List.of(name == null ? "" : name)) {
            Resource resource = references.resource(each);
            if (resource != null) {
                apply(constraint, resource, null, null, List.of());
            }
        }
    }

    private void addPattern(Constraint.Location constraint, String written) {
        boolean inverted = written.startsWith("!");
        Pattern pattern;
        try {
            pattern = Pattern.compile(inverted ? written.substring(1) : written);
        } catch (PatternSyntaxException e) {
            return;
        }
        for (Resource resource : List.copyOf(model.resources)) {
            Matcher matcher = pattern.matcher(resource.id);
            boolean found = matcher.find();
            if (found != inverted) {
                apply(constraint, resource, null, null, inverted ? List.of() : groups(matcher));
            }
        }
    }

    private static List<String> groups(Matcher matcher) {
        List<String> groups = new ArrayList<>();
        for (int i = 0; i <= matcher.groupCount(); i++) {
            groups.add(matcher.group(i) == null ? "" : matcher.group(i));
        }
        return groups;
    }

    private void apply(
            Constraint.Location constraint,
            Resource resource,
            @Nullable String setRole,
            @Nullable String setScore,
            List<String> submatches) {
        String score = setScore != null ? setScore : constraint.get("score");
        String node = constraint.get("node");
        byte probe = probe(constraint.get("resource-discovery"));
        Rule rule = constraint.rule();
        if (node != null && score != null) {
            Optional<Role> role = Role.ofConstraint(setRole != null ? setRole : constraint.get("role"));
            Optional<Node> found = model.node(node);
            if (role.isPresent() && found.isPresent()) {
                Location.Entry entry = new Location.Entry(found.get(), model.options.score(score, 0));
                record(new Location(constraint.id(), resource, role.get(), probe, List.of(entry)));
            }
        } else if (rule != null) {
            String own = rule.role() != null ? rule.role() : setRole != null ? setRole : constraint.get("role");
            Optional<Role> role = Role.ofConstraint(own);
            if (role.isPresent()) {
                record(new Location(
                        constraint.id(), resource, role.get(), probe, matching(rule, resource, submatches)));
            }
        }
    }

    private void record(Location location) {
        model.add(location);
        if (location.probe() == NodeTable.PROBE_EXCLUSIVE) {
            location.resource().exclusiveDiscovery = true;
        }
    }

    private static byte probe(@Nullable String text) {
        return switch (text == null ? "" : text.toLowerCase(Locale.ROOT)) {
            case "never" -> NodeTable.PROBE_NEVER;
            case "exclusive" -> NodeTable.PROBE_EXCLUSIVE;
            default -> NodeTable.PROBE_ALWAYS;
        };
    }

    private List<Location.Entry> matching(Rule rule, Resource resource, List<String> submatches) {
        List<Location.Entry> entries = new ArrayList<>();
        for (Node node : model.nodes) {
            Map<String, String> parameters =
                    resource instanceof Primitive primitive ? primitive.parameters(model.sets, node) : Map.of();
            RuleInput input = new RuleInput(node.attributes, parameters, resource.meta, null, null, 0, submatches);
            if (model.rules.satisfied(rule, input)) {
                score(rule, node, input).ifPresent(score -> entries.add(new Location.Entry(node, score)));
            }
        }
        return entries;
    }

    private Optional<Integer> score(Rule rule, Node node, RuleInput input) {
        String attribute = input.expand(rule.scoreAttribute());
        if (attribute == null) {
            return Optional.of(model.options.score(rule.score(), 0));
        }
        String value = node.attributes.get(attribute);
        boolean readable = value != null && model.options.isScore(value);
        return readable ? Optional.of(model.options.score(value, 0)) : Optional.empty();
    }
}
