package dev.ha4j.testkit.scenario;

import java.util.List;

/**
 * All that reached the storage of one resource so far, in order of arrival. Judged by {@link ScenarioAssertions#assertThat(Acts)}.
 *
 * @param resource its name
 * @param all accepted and refused
 */
public record Acts(String resource, List<Act> all) {

    public Acts {
        all = List.copyOf(all);
    }

    /** Those that the storage took. */
    public List<Act> accepted() {
        return all.stream().filter(Act::accepted).toList();
    }

    /** Those that the storage refused, for their token was older than the newest it had seen. */
    public List<Act> refused() {
        return all.stream().filter(act -> !act.accepted()).toList();
    }

    /** Those of one node. */
    public Acts of(String node) {
        return new Acts(
                resource, all.stream().filter(act -> act.node().equals(node)).toList());
    }
}
