package dev.ha4j.cib;

import dev.ha4j.resources.config.PolicyInput;
import java.util.List;

/**
 * A CIB that was read.
 *
 * @param input what the scheduler plans from
 * @param findings what was not understood or is not supported, each with its place; nothing is ignored silently
 */
public record Cib(PolicyInput input, List<String> findings) {
    public Cib {
        findings = List.copyOf(findings);
    }
}
