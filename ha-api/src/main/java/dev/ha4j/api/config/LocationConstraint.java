package dev.ha4j.api.config;

import dev.ha4j.api.Role;
import dev.ha4j.api.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a resource likes to run ({@code rsc_location}).
 *
 * @param id name
 * @param resource the resource
 * @param role the role that this is about; empty for any
 * @param rules each adds its score on the nodes where its expression holds
 */
public record LocationConstraint(String id, String resource, Optional<Role> role, List<Rule> rules)
        implements Constraint {

    public LocationConstraint {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(role, "role");
        rules = List.copyOf(rules);
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

    public LocationConstraint inRole(Role newRole) {
        return new LocationConstraint(id, resource, Optional.of(newRole), rules);
    }

    public LocationConstraint with(Rule rule) {
        List<Rule> all = new ArrayList<>(rules);
        all.add(rule);
        return new LocationConstraint(id, resource, role, all);
    }
}
