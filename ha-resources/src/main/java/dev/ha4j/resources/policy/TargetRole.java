package dev.ha4j.resources.policy;

import java.util.Optional;

/** The role that the configuration asks for; started is what is wanted anyway. */
final class TargetRole {
    private TargetRole() {}

    static Optional<Role> of(Resource resource) {
        Optional<Role> asked = Role.parse(resource.meta.get("target-role"));
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        return switch (asked.get()) {
            case STOPPED -> asked;
            case UNPROMOTED -> resource.top().promotable ? asked : Optional.empty();
            default -> Optional.empty();
        };
    }
}
