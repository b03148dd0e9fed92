package dev.ha4j.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ha4j.cib.Cib;
import dev.ha4j.resources.policy.Simulation;
import dev.ha4j.resources.verification.Finding;
import dev.ha4j.resources.verification.Finding.Severity;
import dev.ha4j.resources.verification.Verification;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What is wrong with a configuration. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Finds mistakes in a configuration, each with its remedy.",
        footer = {"", "The exit code is 1 if there are errors, and with --strict if there are warnings."})
final class Verify implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private Question question = new Question();

    @Option(names = "--strict", description = "Take warnings for errors.")
    private boolean strict;

    @Option(names = "--json", description = "Answer in JSON.")
    private boolean json;

    @Override
    public Integer call() throws QuestionException {
        Cib cib = question.read();
        Simulation simulation = question.simulation(cib);
        List<Finding> findings = Verification.of(simulation.input(), simulation.now());
        if (spec != null) {
            spec.commandLine().getOut().println((json ? json(cib, findings) : text(cib, findings)).stripTrailing());
        }
        boolean warned = !findings.isEmpty() || !cib.findings().isEmpty();
        boolean errors = findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
        return errors || (strict && warned) ? 1 : 0;
    }

    private static String place(Cib cib, Finding finding) {
        return finding.id().isEmpty() ? "the cluster" : cib.place(finding.id()).orElse(finding.id());
    }

    private static String text(Cib cib, List<Finding> findings) {
        StringBuilder out = new StringBuilder();
        for (Severity severity : Severity.values()) {
            for (Finding finding : findings) {
                if (finding.severity() == severity) {
                    out.append(word(severity))
                            .append(": ")
                            .append(place(cib, finding))
                            .append('\n');
                    out.append("    ").append(finding.problem()).append('\n');
                    out.append("    -> ").append(finding.remedy()).append('\n');
                }
            }
        }
        cib.findings()
                .forEach(finding ->
                        out.append("not understood: ").append(finding).append('\n'));
        return out.append(summary(cib, findings)).toString();
    }

    private static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    private static String summary(Cib cib, List<Finding> findings) {
        if (findings.isEmpty() && cib.findings().isEmpty()) {
            return "no mistake was found\n";
        }
        long errors = findings.stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .count();
        return count(errors, "error") + ", " + count(findings.size() - errors, "warning") + ", "
                + cib.findings().size() + " not understood\n";
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static String json(Cib cib, List<Finding> findings) {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode array = root.putArray("findings");
        for (Finding finding : findings) {
            array.addObject()
                    .put("severity", word(finding.severity()))
                    .put("id", finding.id())
                    .put("place", place(cib, finding))
                    .put("problem", finding.problem())
                    .put("remedy", finding.remedy());
        }
        ArrayNode unknown = root.putArray("notUnderstood");
        cib.findings().forEach(unknown::add);
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
