package dev.ha4j.cib;

import dev.ha4j.resources.config.PolicyInput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A CIB that was read.
 *
 * @param input what the scheduler plans from
 * @param findings what was not understood or is not supported, each with its place; nothing is ignored silently
 * @param places where each id of the configuration is, as in {@code <rsc_order id="a-then-b"> in line 12}
 * @param carriedOver what no plan depends on, to be written again
 */
public record Cib(PolicyInput input, List<String> findings, Map<String, String> places, CarriedOver carriedOver) {
    public Cib {
        findings = List.copyOf(findings);
        places = new LinkedHashMap<>(places);
    }

    /** Where the element with this id is, if there is one. */
    public Optional<String> place(String id) {
        return Optional.ofNullable(places.get(id));
    }
}
