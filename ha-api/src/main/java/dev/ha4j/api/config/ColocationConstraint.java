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
 */
public record ColocationConstraint(
        String id,
        String dependent,
        Optional<Role> dependentRole,
        String primary,
        Optional<Role> primaryRole,
        Score score)
        implements Constraint {

    public ColocationConstraint {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(dependent, "dependent");
        Objects.requireNonNull(dependentRole, "dependentRole");
        Objects.requireNonNull(primary, "primary");
        Objects.requireNonNull(primaryRole, "primaryRole");
        Objects.requireNonNull(score, "score");
    }

    public ColocationConstraint score(int newScore) {
        return new ColocationConstraint(id, dependent, dependentRole, primary, primaryRole, Score.of(newScore));
    }
}
