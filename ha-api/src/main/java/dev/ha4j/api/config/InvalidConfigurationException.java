package dev.ha4j.api.config;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration that can't be run, with everything that is wrong with it. */
@SuppressWarnings("serial") // the violations are for the one who catches it here
public final class InvalidConfigurationException extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final List<Violation> violations;

    public InvalidConfigurationException(List<Violation> violations) {
        super(violations.stream()
                .map(violation -> "\n  - " + violation)
                .collect(Collectors.joining("", "the configuration of the cluster can't be run:", "")));
        this.violations = List.copyOf(violations);
    }

    /** All that is wrong, at least one. */
    public List<Violation> violations() {
        return violations;
    }
}
