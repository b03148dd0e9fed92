package dev.ha4j.conformance;

import dev.ha4j.cib.CibException;
import dev.ha4j.cib.CibReader;
import dev.ha4j.resources.config.PolicyInput;
import dev.ha4j.resources.policy.Dates;
import dev.ha4j.resources.policy.Execution;
import dev.ha4j.resources.policy.Inspection;
import dev.ha4j.resources.policy.Plan;
import dev.ha4j.resources.policy.PolicyEngine;
import dev.ha4j.resources.policy.ScoreLog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What we decide. */
public final class Decided {
    private final Plan plan;
    private final Map<String, Map<String, List<String>>> after;

    private final List<ScoreLog.Score> scores;

    private Decided(Inspection inspection, Map<String, Map<String, List<String>>> after) {
        this.plan = inspection.plan();
        this.scores = inspection.scores();
        this.after = after;
    }

    static Decided decide(Path xml, Optional<String> date) throws IOException, CibException {
        try (InputStream in = Files.newInputStream(xml)) {
            return decide(in, date);
        }
    }

    /** Reads a CIB, and plans for the date, or for the time that the CIB names. */
    public static Decided decide(InputStream xml, Optional<String> date) throws CibException {
        PolicyInput input = CibReader.read(xml).input();
        Instant now = now(input, date);
        Inspection inspection = Inspection.of(input, now);
        return new Decided(inspection, PolicyEngine.status(Execution.run(input, inspection.plan(), now), now));
    }

    private static Instant now(PolicyInput input, Optional<String> date) {
        Instant real = Instant.now();
        if (date.isPresent()) {
            return Dates.parse(date.get(), real)
                    .map(java.time.OffsetDateTime::toInstant)
                    .orElse(real);
        }
        return input.header().executionSeconds().isPresent()
                ? Instant.ofEpochSecond(input.header().executionSeconds().getAsLong())
                : real;
    }

    /** What was observed, as "resource on node" and roles. */
    public Map<String, String> before() {
        return flat(plan.statusBefore());
    }

    /** What will be after the plan has been executed. */
    public Map<String, String> after() {
        return flat(after);
    }

    private static Map<String, String> flat(Map<String, Map<String, List<String>>> status) {
        TreeMap<String, String> flat = new TreeMap<>();
        status.forEach((resource, nodes) ->
                nodes.forEach((node, roles) -> flat.put(resource + " on " + node, String.join(", ", roles))));
        return flat;
    }

    /** A label for each action. */
    public List<String> actions() {
        return plan.steps().stream().map(Decided::label).toList();
    }

    private static String label(Plan.Step step) {
        String type = switch (step.kind()) {
            case RESOURCE -> "rsc";
            case PSEUDO -> "pseudo";
            case CLUSTER -> "crm";
        };
        String node = step.node() == null ? "" : step.node();
        return Labels.of(type, step.key(), node, step.intervalMillis(), Integer.toString(step.targetRc()));
    }

    List<String> scores() {
        return scores.stream()
                .map(score -> Labels.ofScore(
                        score.kind().name().toLowerCase(Locale.ROOT), score.resource(), score.node(), score.score()))
                .toList();
    }

    /** A label for each pair of which one waits for the other. */
    public List<String> edges() {
        List<String> labels = actions();
        List<String> edges = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            for (int first : plan.steps().get(i).after()) {
                edges.add(labels.get(first) + " -> " + labels.get(i));
            }
        }
        return edges;
    }
}
