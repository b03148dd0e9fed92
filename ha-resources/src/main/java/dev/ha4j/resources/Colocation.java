package dev.ha4j.resources;

import dev.ha4j.api.Role;
import dev.ha4j.api.Score;
import java.util.Optional;

/**
 * A colocation between parts of the model.
 *
 * @param id name of the constraint, or what made it
 * @param dependent the one that follows
 * @param dependentRole empty for any
 * @param primary the one that decides
 * @param primaryRole empty for any
 * @param score infinite for must, negative for apart
 * @param influence whether the dependent's preferences count for the primary
 */
record Colocation(
        String id,
        ResourceModel dependent,
        Optional<Role> dependentRole,
        ResourceModel primary,
        Optional<Role> primaryRole,
        int score,
        boolean influence) {

    boolean isMandatory() {
        return Math.abs(score) >= Score.MAX;
    }

    /** Whether the dependent has its word on the place of the primary. */
    boolean hasInfluence() {
        return influence || primary.activeNodes().isEmpty();
    }

    /** Started names no role of its own: what is started may be in any active role. */
    static Optional<Role> normal(Optional<Role> role) {
        return role.filter(r -> r != Role.STARTED);
    }
}
