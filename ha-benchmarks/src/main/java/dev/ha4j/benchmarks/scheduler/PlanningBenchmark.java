package dev.ha4j.benchmarks.scheduler;

import dev.ha4j.api.state.ClusterState;
import dev.ha4j.resources.Scheduler;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How long the designated controller of a running cluster plans: from the replicated state to the transition. */
@Command(
        name = "planning",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Planning at run time: from the replicated state to the transition.")
public final class PlanningBenchmark implements Callable<Integer> {

    private static final int FAILURES = 16;

    @Option(
            names = "--sizes",
            split = ",",
            defaultValue = "3x10,16x400,32x1000",
            description = "NODESxRESOURCES,... (default: ${DEFAULT-VALUE})")
    private List<String> sizes = List.of();

    private PlanningBenchmark() {}

    /** Runs the command. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new PlanningBenchmark()).execute(arguments));
    }

    @Override
    public Integer call() {
        System.out.printf(
                "JDK %s, %d processors, heap up to %d MiB%n",
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() >> 20);
        System.out.println("Milliseconds for a plan in a JVM that has planned before: median wall time / mean processor"
                + " time of all threads.\n"
                + "  first: nothing is known, all is probed; a new controller: all runs, and nothing is remembered;\n"
                + "  failure: all runs, and one monitor has failed since the last plan; again: nothing has changed.\n");
        System.out.printf(
                "%-8s %8s | %19s | %19s | %19s | %19s%n",
                "size", "probes", "first", "new controller", "failure", "again");
        sizes.forEach(PlanningBenchmark::measure);
        return 0;
    }

    private static void measure(String size) {
        String[] numbers = size.split("x", 2);
        SyntheticCluster cluster = new SyntheticCluster(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
        ClusterState fresh = RunningCluster.fresh(SyntheticPolicy.of(cluster));
        ClusterState settled = RunningCluster.settled(fresh);
        List<ClusterState> failed = RunningCluster.monitorsFailed(settled, FAILURES);
        Scheduler scheduler = new Scheduler();
        WarmRun first = WarmRun.of(lap -> steps(new Scheduler(), fresh));
        System.out.printf(
                Locale.ROOT,
                "%-8s %8d | %s | %s | %s | %s%n",
                size,
                first.steps(),
                text(first),
                text(WarmRun.of(lap -> steps(new Scheduler(), settled))),
                text(WarmRun.of(lap -> steps(scheduler, failed.get(lap % FAILURES)))),
                text(WarmRun.of(lap -> steps(scheduler, settled))));
    }

    private static int steps(Scheduler scheduler, ClusterState state) {
        return scheduler.plan(state, RunningCluster.NOW).actions().size();
    }

    private static String text(WarmRun run) {
        return String.format(Locale.ROOT, "%8.2f / %8.2f", run.wallMillis(), run.cpuMillis());
    }
}
