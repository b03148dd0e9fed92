package dev.ha4j.resources.verification;

import dev.ha4j.resources.verification.Finding.Severity;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects findings; each is kept once. */
final class Findings {
    private final Set<Finding> found = new LinkedHashSet<>();

    void error(String id, String problem, String remedy) {
        found.add(new Finding(Severity.ERROR, id, problem, remedy));
    }

    void warning(String id, String problem, String remedy) {
        found.add(new Finding(Severity.WARNING, id, problem, remedy));
    }

    List<Finding> all() {
        return List.copyOf(found);
    }
}
