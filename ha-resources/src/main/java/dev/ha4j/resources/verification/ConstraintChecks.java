package dev.ha4j.resources.verification;

import dev.ha4j.resources.config.Constraint;
import dev.ha4j.resources.config.Constraint.ResourceSet;
import dev.ha4j.resources.config.ResourceEntry;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Each constraint by itself: what it names, and what it says. */
final class ConstraintChecks {
    private static final Value ROLE = Value.of("stopped", "started", "unpromoted", "promoted", "slave", "master");
    private static final Value KIND = Value.of("optional", "mandatory", "serialize");
    private static final Value ACTION = Value.of("start", "stop", "promote", "demote");
    private static final Value DISCOVERY = Value.of("always", "never", "exclusive");
    private static final Value LOSS = Value.of("stop", "demote", "fence", "freeze");

    private final Findings findings;
    private final Names names;

    ConstraintChecks(Findings findings, Names names) {
        this.findings = findings;
        this.names = names;
    }

    void run(List<Constraint> constraints) {
        Set<String> ids = new TreeSet<>();
        for (Constraint constraint : constraints) {
            if (!ids.add(constraint.id())) {
                findings.error(constraint.id(), "there are two constraints with this id", "rename one of them");
            }
            if (constraint instanceof Constraint.Location location) {
                location(location);
            } else if (constraint instanceof Constraint.Colocation) {
                colocation(constraint);
            } else if (constraint instanceof Constraint.Order) {
                order(constraint);
            } else {
                ticket(constraint);
            }
            constraint.sets().forEach(set -> set(constraint, set));
        }
    }

    private void location(Constraint.Location location) {
        String pattern = location.get("rsc-pattern");
        if (pattern != null) {
            pattern(location.id(), pattern);
        } else if (location.sets().isEmpty()) {
            reference(location, "rsc");
        }
        String node = location.get("node");
        if (node != null && !names.nodes().contains(node)) {
            findings.error(
                    location.id(),
                    "there is no node " + node + ", so it has no effect",
                    Spelling.remedy(node, names.nodes(), "correct its name, or remove the constraint"));
        }
        if (node == null && location.rule() == null) {
            findings.error(location.id(), "it has neither a node nor a rule", "add node and score, or a rule");
        }
        boolean scored =
                location.get("score") != null || location.sets().stream().anyMatch(set -> set.get("score") != null);
        if (node != null && !scored) {
            findings.error(location.id(), "it has no score, so it has no effect", "add a score");
        }
        value(location, "score", Value.HEALTH);
        value(location, "role", ROLE);
        value(location, "resource-discovery", DISCOVERY);
        if (location.rule() != null) {
            new RuleChecks(findings, location.id()).ofLocation(location.rule(), node == null);
        }
    }

    private void pattern(String id, String text) {
        try {
            Pattern pattern = Pattern.compile(text.startsWith("!") ? text.substring(1) : text);
            boolean matches = names.resources().keySet().stream()
                    .anyMatch(resource -> pattern.matcher(resource).find() != text.startsWith("!"));
            if (!matches) {
                findings.warning(id, "no resource matches " + text, "correct the pattern, or remove the constraint");
            }
        } catch (PatternSyntaxException e) {
            findings.error(id, "the pattern " + text + " can't be read: " + e.getDescription(), "correct the pattern");
        }
    }

    private void colocation(Constraint colocation) {
        if (colocation.sets().isEmpty()) {
            reference(colocation, "rsc");
            reference(colocation, "with-rsc");
            role(colocation, "rsc", "rsc-role");
            role(colocation, "with-rsc", "with-rsc-role");
            itself(colocation, "rsc", "with-rsc");
        }
        if (colocation.get("score") == null && colocation.sets().isEmpty()) {
            findings.error(
                    colocation.id(), "it has no score, so it has no effect", "add a score, as in score=\"INFINITY\"");
        }
        value(colocation, "score", Value.SCORE);
        value(colocation, "influence", Value.TRUTH);
    }

    private void order(Constraint order) {
        if (order.sets().isEmpty()) {
            reference(order, "first");
            reference(order, "then");
            promotes(order, "first", order.get("first-action"));
            promotes(order, "then", order.get("then-action"));
            String first = order.get("first-action") == null ? "start" : order.get("first-action");
            String then = order.get("then-action") == null ? first : order.get("then-action");
            if (first.equalsIgnoreCase(then)) {
                itself(order, "first", "then");
            }
        }
        value(order, "kind", KIND);
        value(order, "first-action", ACTION);
        value(order, "then-action", ACTION);
        value(order, "symmetrical", Value.TRUTH);
        value(order, "require-all", Value.TRUTH);
        value(order, "score", Value.SCORE);
        if (order.get("kind") != null && order.get("score") != null) {
            findings.warning(order.id(), "it has a kind and a score, and the score is ignored", "remove the score");
        }
    }

    private void ticket(Constraint ticket) {
        if (ticket.sets().isEmpty()) {
            reference(ticket, "rsc");
            role(ticket, "rsc", "rsc-role");
        }
        if (ticket.get("ticket") == null) {
            findings.error(ticket.id(), "it names no ticket, so it has no effect", "add the ticket's name");
        }
        value(ticket, "loss-policy", LOSS);
    }

    private void set(Constraint constraint, ResourceSet set) {
        if (set.references().isEmpty()) {
            findings.error(
                    constraint.id(), "the set " + set.id() + " is empty", "add a resource_ref, or remove the set");
        }
        for (String reference : set.references()) {
            known(constraint.id(), "the set " + set.id() + " names", reference);
        }
        value(constraint.id(), "role", set.get("role"), ROLE);
        value(constraint.id(), "score", set.get("score"), Value.HEALTH);
        value(constraint.id(), "action", set.get("action"), ACTION);
        value(constraint.id(), "sequential", set.get("sequential"), Value.TRUTH);
        value(constraint.id(), "require-all", set.get("require-all"), Value.TRUTH);
    }

    // What they have in common

    private void reference(Constraint constraint, String attribute) {
        String name = constraint.get(attribute);
        if (name == null || name.isEmpty()) {
            findings.error(
                    constraint.id(), "it has no " + attribute, "add " + attribute + ", or remove the constraint");
        } else {
            known(constraint.id(), attribute + " is", name);
        }
    }

    private void known(String id, String what, String name) {
        if (!names.isKnown(name)) {
            findings.error(
                    id,
                    what + " " + name + ", which is no resource, so it has no effect",
                    Spelling.remedy(name, names.all(), "correct the name, or remove the constraint"));
        }
    }

    private void itself(Constraint constraint, String one, String other) {
        String name = constraint.get(one);
        if (name != null && name.equals(constraint.get(other))) {
            findings.error(constraint.id(), "it relates " + name + " to itself", "name two resources");
        }
    }

    private void role(Constraint constraint, String attribute, String roleAttribute) {
        value(constraint, roleAttribute, ROLE);
        String role = constraint.get(roleAttribute);
        if (role != null && List.of("promoted", "master").contains(role.toLowerCase(java.util.Locale.ROOT))) {
            promotable(constraint.id(), constraint.get(attribute), "the role " + role);
        }
    }

    private void promotes(Constraint order, String attribute, @Nullable String action) {
        if (action != null && List.of("promote", "demote").contains(action.toLowerCase(java.util.Locale.ROOT))) {
            promotable(order.id(), order.get(attribute), action);
        }
    }

    private void promotable(String id, @Nullable String name, String what) {
        for (String meant : names.meant(name)) {
            ResourceEntry entry = names.resources().get(meant);
            if (entry != null && !Names.isPromotable(names.top(entry))) {
                findings.error(
                        id,
                        "it is about " + what + " of " + meant + ", which can't be promoted",
                        "name a clone with promotable=\"true\"");
            }
        }
    }

    private void value(Constraint constraint, String attribute, Value wanted) {
        value(constraint.id(), attribute, constraint.get(attribute), wanted);
    }

    private void value(String id, String attribute, @Nullable String text, Value wanted) {
        if (text != null && !wanted.accepts(text)) {
            findings.error(id, attribute + " can't be \"" + text + "\"", "write " + wanted.example());
        }
    }
}
