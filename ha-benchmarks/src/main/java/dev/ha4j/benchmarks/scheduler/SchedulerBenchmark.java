package dev.ha4j.benchmarks.scheduler;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.ha4j.cib.CibException;
import dev.ha4j.resources.config.PolicyInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Gives the same clusters to the policy engine and to the reference, and prints how long each takes. */
@Command(
        name = "scheduler",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Planning for clusters of growing sizes: the policy engine beside Pacemaker's crm_simulate.")
public final class SchedulerBenchmark implements Callable<Integer> {

    @Option(
            names = "--sizes",
            split = ",",
            defaultValue = "4x50,8x100,16x400,32x1000,64x2000",
            description = "NODESxRESOURCES,... (default: ${DEFAULT-VALUE})")
    private List<String> sizes = List.of();

    @Option(
            names = "--situations",
            split = ",",
            defaultValue = "fresh,stopped,failure",
            description =
                    "fresh: nothing is known, all is probed and started; stopped: all is started; failure: all runs,"
                            + " and one monitor has failed (default: ${DEFAULT-VALUE})")
    private List<String> situations = List.of();

    @Option(
            names = "--limit",
            defaultValue = "60",
            description = "seconds after which a run of the reference is stopped (default: ${DEFAULT-VALUE})")
    private long limitSeconds;

    @Option(names = "--no-cold", description = "leaves out single runs, JVM start included")
    private boolean noCold;

    @Option(names = "--no-reference", description = "ours alone")
    private boolean noReference;

    @Option(names = "--json", description = "also writes the figures to this file")
    private @Nullable Path json;

    private @Nullable ColdJvm jvm;

    private SchedulerBenchmark() {}

    /** Runs the command. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SchedulerBenchmark()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, CibException {
        Optional<Reference> reference = noReference ? Optional.empty() : Reference.find(limitSeconds);
        System.out.printf(
                "JDK %s, %d processors, heap up to %d MiB; %s%n",
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() >> 20,
                reference
                        .map(found -> "beside crm_simulate of " + found.version())
                        .orElse("without the reference: crm_simulate (Debian: pacemaker-cli-utils) was not asked for or"
                                + " not found"));
        Path folder = Files.createTempDirectory("ha4j-scheduler-");
        List<Sample> samples = new ArrayList<>();
        try {
            for (String situation : situations) {
                for (String size : sizes) {
                    samples.add(measure(folder, size, situation, reference));
                }
            }
        } finally {
            delete(folder);
        }
        new SampleTable(samples).print();
        if (json != null) {
            new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValue(
                            json.toFile(),
                            Map.of(
                                    "reference",
                                    reference.map(Reference::version).orElse("none"),
                                    "samples",
                                    samples));
        }
        return 0;
    }

    private Sample measure(Path folder, String size, String situation, Optional<Reference> reference)
            throws IOException, InterruptedException, CibException {
        String[] numbers = size.split("x", 2);
        SyntheticCluster cluster = new SyntheticCluster(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
        Path file = write(folder, cluster, situation);
        System.out.printf(Locale.ROOT, "%s %s: %,d kB%n", situation, size, Files.size(file) / 1000);
        long begun = System.nanoTime();
        PolicyInput input = PlanOnce.read(file);
        double readMillis = (System.nanoTime() - begun) / 1e6;
        List<PolicyInput> inputs = situation.equals("failure")
                ? failures(PlanOnce.read(write(folder, cluster, "steady")), cluster)
                : List.of(input);
        WarmRun warm = WarmRun.of(inputs, PlanOnce.now(input));
        Double referenceMillis = null;
        Double referenceLimitMillis = null;
        Optional<ColdRun> referenceCold = Optional.empty();
        if (reference.isPresent()) {
            var found = reference.get().planMillis(file, folder.resolve("profile"));
            referenceMillis = found.isPresent() ? found.getAsDouble() : null;
            referenceLimitMillis = found.isPresent() ? null : limitSeconds * 1000.0;
            if (!noCold && found.isPresent()) {
                referenceCold = ColdRun.of(Reference.coldCommand(file), limitSeconds);
            }
        }
        Optional<ColdRun> cold = Optional.empty();
        if (!noCold) {
            jvm = jvm == null ? ColdJvm.prepare(folder, file) : jvm;
            cold = ColdRun.of(jvm.command(file), limitSeconds);
        }
        return new Sample(
                cluster.nodeCount(),
                Integer.parseInt(numbers[1]),
                situation,
                warm.steps(),
                readMillis,
                warm.wallMillis(),
                warm.cpuMillis(),
                referenceMillis,
                referenceLimitMillis,
                cold.map(ColdRun::wallMillis).orElse(null),
                cold.map(ColdRun::cpuMillis).orElse(null),
                referenceCold.map(ColdRun::wallMillis).orElse(null),
                referenceCold.map(ColdRun::cpuMillis).orElse(null));
    }

    private static Path write(Path folder, SyntheticCluster cluster, String situation) throws IOException {
        String failed = situation.equals("failure") ? cluster.somePrimitive() : "";
        SyntheticCluster.History history = switch (situation) {
            case "fresh" -> SyntheticCluster.History.FRESH;
            case "stopped" -> SyntheticCluster.History.STOPPED;
            case "failure", "steady" -> SyntheticCluster.History.STEADY;
            default ->
                throw new IllegalArgumentException(
                        "unknown situation " + situation + ": use fresh, stopped, steady or failure");
        };
        return Files.writeString(folder.resolve(situation + ".xml"), cluster.xml(history, failed));
    }

    /** Each with another resource, as they would come one after the other. */
    private static List<PolicyInput> failures(PolicyInput steady, SyntheticCluster cluster) {
        List<String> primitives = cluster.primitives();
        return Stream.iterate(0, i -> i < primitives.size(), i -> i + Math.max(1, primitives.size() / 16))
                .map(primitives::get)
                .map(id -> MonitorFailure.in(steady, cluster.nodeName(cluster.placeOf(id)), id))
                .toList();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
