package dev.ha4j.benchmarks.scheduler;

import com.sun.management.OperatingSystemMXBean;
import dev.ha4j.resources.config.PolicyInput;
import dev.ha4j.resources.policy.PolicyEngine;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Plans in a JVM that has planned before.
 *
 * @param steps of the plan
 * @param wallMillis median
 * @param cpuMillis mean of the whole process, so that it includes what compiler and garbage collector do
 */
record WarmRun(int steps, double wallMillis, double cpuMillis) {
    private static final int LEAST_LAPS = 5;
    private static final int MOST_LAPS = 400;
    private static final long WARM_UP_CPU_NANOS = 6_000_000_000L;
    private static final long MEASURED_CPU_NANOS = 2_000_000_000L;

    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /** Takes the inputs in turn, so that no plan follows one for the same input. */
    static WarmRun of(List<PolicyInput> inputs, Instant now) {
        return of(lap ->
                PolicyEngine.plan(inputs.get(lap % inputs.size()), now).steps().size());
    }

    /** @param plan makes a plan, the n-th, and says how many steps it has */
    static WarmRun of(IntUnaryOperator plan) {
        laps(plan, WARM_UP_CPU_NANOS);
        return laps(plan, MEASURED_CPU_NANOS);
    }

    private static WarmRun laps(IntUnaryOperator plan, long leastCpuNanos) {
        double[] wallMillis = new double[MOST_LAPS];
        int laps = 0;
        int steps = 0;
        long cpuNanos = PROCESS.getProcessCpuTime();
        while (laps < MOST_LAPS && (laps < LEAST_LAPS || PROCESS.getProcessCpuTime() - cpuNanos < leastCpuNanos)) {
            long lapBegun = System.nanoTime();
            steps = plan.applyAsInt(laps);
            wallMillis[laps] = (System.nanoTime() - lapBegun) / 1e6;
            laps++;
        }
        double cpuMillis = (PROCESS.getProcessCpuTime() - cpuNanos) / 1e6 / laps;
        return new WarmRun(steps, median(wallMillis, laps), cpuMillis);
    }

    private static double median(double[] values, int count) {
        double[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return sorted[count / 2];
    }
}
