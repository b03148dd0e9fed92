package dev.ha4j.resources.verification;

import dev.ha4j.resources.verification.Finding.Severity;
import java.util.ArrayList;
import java.util.List;

/** Collects findings; each is kept once. */
final class Findings {
    private final List<Finding> found = new ArrayList<>();

    void error(String id, String problem, String remedy) {
        add(new Finding(Severity.ERROR, id, problem, remedy));
    }

    void warning(String id, String problem, String remedy) {
        add(new Finding(Severity.WARNING, id, problem, remedy));
    }

    private void add(Finding finding) {
        if (!found.contains(finding)) {
            found.add(finding);
        }
    }

    List<Finding> all() {
        return List.copyOf(found);
    }
}
