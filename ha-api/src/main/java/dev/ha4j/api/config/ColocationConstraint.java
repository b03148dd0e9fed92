package dev.ha4j.api.config;

import dev.ha4j.api.Role;
import dev.ha4j.api.Score;
import java.util.Objects;
import java.util.Optional;

/**
 * Which resource runs where another one does, or does not ({@code rsc_colocation}).
 *
 * @param id name
 * @param dependent the resource that is placed by the other
 * @param dependentRole the dependent's role that this is about; empty for any
 * @param primary the resource that decides
 * @param primaryRole the primary's role that this is about; empty for any
 * @param score infinite for must, negative for apart
 * @param nodeAttribute what has to be the same where both run, instead of the node ({@code node-attribute}): nodes of one rack
 * @param influence whether the primary may move for the dependent's sake ({@code influence}); empty if the dependent says it, by
 *     {@link MetaOptions#critical}
 */
public record ColocationConstraint(
        String id,
        String dependent,
        Optional<Role> dependentRole,
        String primary,
        Optional<Role> primaryRole,
        Score score,
        Optional<String> nodeAttribute,
        Optional<Boolean> influence)
        implements Constraint {

    public ColocationConstraint {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(dependent, "dependent");
        Objects.requireNonNull(dependentRole, "dependentRole");
        Objects.requireNonNull(primary, "primary");
        Objects.requireNonNull(primaryRole, "primaryRole");
        Objects.requireNonNull(score, "score");
        Objects.requireNonNull(nodeAttribute, "nodeAttribute");
        Objects.requireNonNull(influence, "influence");
    }

    public ColocationConstraint score(int newScore) {
        return changed(id, Score.of(newScore), nodeAttribute, influence);
    }

    /** Both run where this attribute of the node has one value, on one node or on several. */
    public ColocationConstraint sharing(String attribute) {
        return changed(id, score, Optional.of(attribute), influence);
    }

    public ColocationConstraint influence(boolean mayMovePrimary) {
        return changed(id, score, nodeAttribute, Optional.of(mayMovePrimary));
    }

    public ColocationConstraint named(String newId) {
        return changed(newId, score, nodeAttribute, influence);
    }

    private ColocationConstraint changed(
            String newId, Score newScore, Optional<String> newAttribute, Optional<Boolean> newInfluence) {
        return new ColocationConstraint(
                newId, dependent, dependentRole, primary, primaryRole, newScore, newAttribute, newInfluence);
    }
}
