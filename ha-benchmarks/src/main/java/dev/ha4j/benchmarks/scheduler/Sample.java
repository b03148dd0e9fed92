package dev.ha4j.benchmarks.scheduler;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One size of one case. Null is what was not measured.
 *
 * @param readMillis to read the file; planning does not include it, neither ours nor the reference's
 * @param planMillis to plan in a warm JVM
 * @param planCpuMillis processor time of the process meanwhile
 * @param referenceMillis processor time of the reference for the same, as it measures itself
 * @param referenceLimitMillis when the reference was stopped before it was done; null if it was done
 * @param coldMillis a process that reads, plans, prints and ends
 * @param referenceColdMillis the same, the reference
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Sample(
        int nodes,
        int resources,
        String situation,
        int steps,
        double readMillis,
        double planMillis,
        double planCpuMillis,
        @Nullable Double referenceMillis,
        @Nullable Double referenceLimitMillis,
        @Nullable Double coldMillis,
        @Nullable Double coldCpuMillis,
        @Nullable Double referenceColdMillis,
        @Nullable Double referenceColdCpuMillis) {

    /** What there is to decide about: each resource on each node. */
    double cells() {
        return (double) nodes * resources;
    }
}
