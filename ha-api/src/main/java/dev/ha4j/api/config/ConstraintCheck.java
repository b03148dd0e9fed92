package dev.ha4j.api.config;

import dev.ha4j.api.Role;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Constraints: that they name what is there, in roles that it can have. */
record ConstraintCheck(ClusterPolicy policy, Check check) {

    void run() {
        check.unique("constraint", policy.constraints().stream(), Constraint::id);
        policy.constraints().forEach(this::constraint);
    }

    private void constraint(Constraint constraint) {
        String where = "constraint " + constraint.id();
        if (constraint instanceof LocationConstraint location) {
            resource(where, location.resource(), location.role());
            location.rules().forEach(rule -> nodes(rule.expression()).forEach(name -> node(where, name)));
        } else if (constraint instanceof ColocationConstraint colocation) {
            resource(where, colocation.dependent(), colocation.dependentRole());
            resource(where, colocation.primary(), colocation.primaryRole());
        } else if (constraint instanceof OrderConstraint order) {
            resource(where, order.first(), role(order.firstAction()));
            resource(where, order.then(), role(order.thenAction()));
        }
    }

    private static Optional<Role> role(OperationName action) {
        boolean promotes = action == OperationName.PROMOTE || action == OperationName.DEMOTE;
        return promotes ? Optional.of(Role.PROMOTED) : Optional.empty();
    }

    private void resource(String where, String name, Optional<Role> role) {
        if (policy.resource(name).isEmpty()) {
            List<String> known = policy.resources().stream()
                    .flatMap(ResourceCheck::withInner)
                    .map(ResourceSpec::id)
                    .toList();
            check.unknown(where, "resource", name, known);
        } else if (role.filter(Role.PROMOTED::equals).isPresent() && !isPromotable(name)) {
            check.wrong(where, name + " can't be promoted", "declare it with promotable(\"" + name + "\", p -> p)");
        }
    }

    private boolean isPromotable(String name) {
        return policy.resources().stream()
                .filter(Clone.class::isInstance)
                .map(Clone.class::cast)
                .filter(clone -> clone.options().promotable())
                .flatMap(ResourceCheck::withInner)
                .anyMatch(part -> part.id().equals(name));
    }

    private void node(String where, String name) {
        List<String> known = policy.nodes().stream().map(NodeSpec::name).toList();
        if (!known.contains(name)) {
            check.unknown(where, "node", name, known);
        }
    }

    private static Stream<String> nodes(Expression expression) {
        if (expression instanceof Expression.AllOf all) {
            return all.parts().stream().flatMap(ConstraintCheck::nodes);
        }
        if (expression instanceof Expression.AnyOf any) {
            return any.parts().stream().flatMap(ConstraintCheck::nodes);
        }
        return expression instanceof Expression.Attribute attribute
                        && attribute.name().equals(Expression.NODE_NAME)
                        && attribute.comparison() == Expression.Comparison.EQUAL
                ? Stream.of(attribute.value())
                : Stream.empty();
    }
}
