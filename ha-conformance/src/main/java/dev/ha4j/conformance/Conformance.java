package dev.ha4j.conformance;

import dev.ha4j.cib.CibException;
import dev.ha4j.conformance.random.RandomAgreement;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs recorded cases of the reference scheduler and says how many come out the same. */
@Command(
        name = "conformance",
        mixinStandardHelpOptions = true,
        description =
                "Compares our decisions with recorded ones: the status in the end (L1), the actions (L2), their order"
                        + " (L3).")
final class Conformance implements Callable<Integer> {
    private final PrintStream out = System.out;

    @Parameters(
            arity = "0..1",
            description = "Folder with xml/NAME.xml and expected/NAME.json, and possibly index.tsv with tags.")
    private Path folder = Path.of(".");

    @Option(names = "--case", description = "Shows how one case differs.")
    private String only = "";

    @Option(names = "--floor", description = "Fails if fewer cases are exact at L1, L2 and L3, as in 400,390,380.")
    private String floor = "";

    @Option(names = "--random", description = "Compares this many random clusters with crm_simulate instead.")
    private int random;

    @Option(names = "--vary", description = "The random clusters are inputs of the folder with something changed.")
    private boolean vary;

    @Option(names = "--remote", description = "The random clusters have remote and guest nodes.")
    private boolean remote;

    @Option(names = "--bundles", description = "The random clusters have bundles.")
    private boolean bundles;

    @Option(names = "--seed", defaultValue = "1", description = "The first of the random clusters.")
    private long seed;

    @Option(names = "--shrink", description = "Takes random cluster --seed apart for as long as it still differs.")
    private boolean shrink;

    @Option(
            names = "--causes",
            description = "Takes each random cluster apart that differs, and sorts them by what is left.")
    private boolean causes;

    @Option(
            names = "--level",
            defaultValue = "1",
            description = "What has to be the same: 1 the status in the end, 2 the actions, 3 their order.")
    private int level;

    @Option(names = "--agree", defaultValue = "0", description = "Fails if fewer percent of the random clusters agree.")
    private double agreePercent;

    public static void main(String[] args) {
        System.exit(new CommandLine(new Conformance()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (random > 0 || shrink) {
            return new RandomAgreement(out)
                    .run(new RandomAgreement.Order(
                            vary ? Optional.of(folder) : Optional.empty(),
                            clusters(),
                            seed,
                            random,
                            shrink,
                            causes,
                            level,
                            agreePercent));
        }
        Map<String, List<String>> tags = tags();
        if (!only.isEmpty()) {
            show(run(only, tags.getOrDefault(only, List.of())));
            return 0;
        }
        List<CaseResult> results = new ArrayList<>();
        for (String name : names()) {
            results.add(run(name, tags.getOrDefault(name, List.of())));
        }
        new Summary(out, results).print();
        return isAboveFloor(results) ? 0 : 1;
    }

    private RandomAgreement.Kind clusters() {
        if (bundles) {
            return RandomAgreement.Kind.BUNDLES;
        }
        return remote ? RandomAgreement.Kind.REMOTE_NODES : RandomAgreement.Kind.MEMBERS;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("expected"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .map(name -> name.substring(0, name.length() - ".json".length()))
                    .sorted()
                    .toList();
        }
    }

    private Map<String, List<String>> tags() throws IOException {
        Map<String, List<String>> tags = new TreeMap<>();
        Path index = folder.resolve("index.tsv");
        if (Files.exists(index)) {
            for (String line : Files.readAllLines(index)) {
                String[] fields = line.split("\t", -1);
                if (fields.length > 5) {
                    tags.put(fields[0], List.of(fields[5].split(",")));
                }
            }
        }
        return tags;
    }

    /** A case that can't be run is a case that is not exact, and never the end of the run. */
    @SuppressWarnings("CatchAndPrintStackTrace")
    private CaseResult run(String name, List<String> tags) {
        try {
            Recorded recorded = Recorded.read(folder.resolve("expected").resolve(name + ".json"));
            Decided decided = Decided.decide(folder.resolve("xml").resolve(name + ".xml"), recorded.date());
            return new CaseResult(
                    name,
                    tags,
                    "",
                    Difference.of(recorded.status("status_before"), decided.before()),
                    Difference.of(recorded.status("expected_status"), decided.after()),
                    Difference.of(recorded.actions(), decided.actions()),
                    Difference.of(recorded.edges(), decided.edges()),
                    Difference.of(recorded.scores(), decided.scores()));
        } catch (IOException | CibException | RuntimeException | StackOverflowError e) {
            if (!only.isEmpty()) {
                e.printStackTrace(out);
            }
            return CaseResult.failed(name, tags, "cannot be run: " + e);
        }
    }

    private boolean isAboveFloor(List<CaseResult> results) {
        if (floor.isEmpty()) {
            return true;
        }
        String[] floors = floor.split(",", -1);
        boolean above = true;
        for (int level = 1; level <= floors.length; level++) {
            int wanted = Integer.parseInt(floors[level - 1].strip());
            long exact = Summary.count(results, level);
            if (exact < wanted) {
                out.printf("L%d: %d exact cases are fewer than the %d there were%n", level, exact, wanted);
                above = false;
            }
        }
        return above;
    }

    private void show(CaseResult result) {
        out.println(result.name() + ": " + (result.exact() ? "exact" : result.reason()));
        show("status before", result.before());
        show("actions", result.actions());
        show("order", result.edges());
        show("status after", result.after());
        show("scores", result.scores());
    }

    private void show(String what, Difference difference) {
        out.println(what + (difference.isEmpty() ? ": exact" : ""));
        difference.missing().forEach(each -> out.println("  - " + each));
        difference.surplus().forEach(each -> out.println("  + " + each));
    }
}
