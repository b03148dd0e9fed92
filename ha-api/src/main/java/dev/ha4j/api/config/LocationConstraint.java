package dev.ha4j.api.config;

import dev.ha4j.api.Role;
import dev.ha4j.api.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Where resources like to run ({@code rsc_location}).
 *
 * @param id name
 * @param resources whom it is about, each for itself
 * @param role the role that this is about; empty for any
 * @param rules each adds its score on the nodes where its expression holds
 * @param discovery where they are looked for before they are started
 */
public record LocationConstraint(
        String id, List<String> resources, Optional<Role> role, List<Rule> rules, Discovery discovery)
        implements Constraint {

    /** Where a resource is looked for ({@code resource-discovery}). */
    public enum Discovery {
        /** On every node. */
        ALWAYS,
        /** Not on the nodes that a rule of this constraint holds for: it is taken not to be active there. */
        NEVER,
        /** Only on the nodes that a rule of this constraint holds for, and so it can run only there. */
        EXCLUSIVE
    }

    public LocationConstraint {
        Objects.requireNonNull(id, "id");
        resources = List.copyOf(resources);
        Objects.requireNonNull(role, "role");
        rules = List.copyOf(rules);
        Objects.requireNonNull(discovery, "discovery");
    }

    public LocationConstraint prefers(String node, int score) {
        return with(new Rule(Score.of(score), Expression.onNode(node)));
    }

    public LocationConstraint avoids(String node) {
        return with(new Rule(Score.MINUS_INFINITY, Expression.onNode(node)));
    }

    public LocationConstraint avoids(String node, int score) {
        return prefers(node, -score);
    }

    /** Adds a score on the nodes where, and at the times when, an expression holds. */
    public LocationConstraint when(Expression expression, int score) {
        return with(new Rule(Score.of(score), expression));
    }

    public LocationConstraint inRole(Role newRole) {
        return new LocationConstraint(id, resources, Optional.of(newRole), rules, discovery);
    }

    public LocationConstraint with(Rule rule) {
        List<Rule> all = new ArrayList<>(rules);
        all.add(rule);
        return new LocationConstraint(id, resources, role, all, discovery);
    }

    public LocationConstraint discovery(Discovery newDiscovery) {
        return new LocationConstraint(id, resources, role, rules, newDiscovery);
    }

    public LocationConstraint named(String newId) {
        return new LocationConstraint(newId, resources, role, rules, discovery);
    }
}
