package dev.ha4j.api.config;

import dev.ha4j.api.Score;
import java.util.Objects;

/**
 * A score that holds where an expression does.
 *
 * @param score added to the nodes for which the expression is true
 * @param expression evaluated for each node
 */
public record Rule(Score score, Expression expression) {

    public Rule {
        Objects.requireNonNull(score, "score");
        Objects.requireNonNull(expression, "expression");
    }
}
