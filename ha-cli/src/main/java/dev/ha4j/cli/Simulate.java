package dev.ha4j.cli;

import dev.ha4j.cib.Cib;
import dev.ha4j.cib.CibWriter;
import dev.ha4j.resources.policy.ClusterView;
import dev.ha4j.resources.policy.Execution;
import dev.ha4j.resources.policy.Inspection;
import dev.ha4j.resources.policy.OperationResult;
import dev.ha4j.resources.policy.Simulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What would be done, and what the cluster would look like then. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Shows what would be done in a state, after whatever events you make up.",
        footer = {
            "",
            "An operation is RESOURCE_TASK_INTERVAL@NODE=RC, with the interval in milliseconds: db_monitor_10000@alpha=7",
            "says that the monitor of db, which runs every 10 s, found it stopped on alpha."
        })
final class Simulate implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private Question question = new Question();

    @Mixin
    private Events events = new Events();

    @Option(
            names = {"-S", "--run"},
            description = "Carry the plan out on paper, and show the state then.")
    private boolean run;

    @Option(
            names = {"-F", "--op-fail"},
            paramLabel = "OPERATION",
            description = "With --run: if this operation comes up, it fails, and that ends the plan.")
    private List<String> failures = List.of();

    @Option(
            names = {"-s", "--show-scores"},
            description = "Show what each resource gets on each node.")
    private boolean scores;

    @Option(names = "--json", description = "Answer in JSON.")
    private boolean json;

    @Option(
            names = {"-D", "--dot"},
            paramLabel = "FILE",
            description = "Write the plan for Graphviz.")
    private @Nullable Path dot;

    @Option(names = "--svg", paramLabel = "FILE", description = "Write a picture of the plan.")
    private @Nullable Path svg;

    @Option(
            names = {"-O", "--save"},
            paramLabel = "FILE.xml",
            description = "Write the CIB with the events, and after the plan if that was run.")
    private @Nullable Path save;

    @Override
    public Integer call() throws QuestionException {
        Cib cib = question.read();
        Simulation simulation = events.inject(question.simulation(cib));
        Inspection inspection = simulation.inspect();
        Optional<Execution.Result> result = run ? Optional.of(run(simulation, inspection)) : Optional.empty();
        write(dot, () -> PlanDot.of(inspection.plan()));
        write(svg, () -> PlanSvg.of(inspection.plan()));
        write(save, () -> CibWriter.write(result.map(Execution.Result::after).orElse(simulation.input()), cib));
        Optional<ClusterView> after = result.map(done -> ClusterView.of(done.after(), simulation.now()));
        print(json ? json(cib, inspection, result, after) : text(cib, inspection, result, after));
        return 0;
    }

    private Execution.Result run(Simulation simulation, Inspection inspection) throws QuestionException {
        List<OperationResult> parsed = Events.operations(failures);
        return Execution.run(simulation.input(), inspection.plan(), simulation.now(), parsed);
    }

    private void print(String text) {
        if (spec != null) {
            spec.commandLine().getOut().println(text.stripTrailing());
        }
    }

    private static void write(@Nullable Path file, Supplier<String> text) throws QuestionException {
        if (file == null) {
            return;
        }
        try {
            Files.writeString(file, text.get());
        } catch (IOException e) {
            throw new QuestionException(file + ": can't be written: " + e.getMessage(), e);
        }
    }

    private String json(
            Cib cib, Inspection inspection, Optional<Execution.Result> result, Optional<ClusterView> after) {
        PlanJson answer = new PlanJson().findings(cib.findings()).inspection(inspection, scores);
        if (result.isPresent() && after.isPresent()) {
            answer.execution(result.get(), after.get());
        }
        return answer.toString();
    }

    private String text(
            Cib cib, Inspection inspection, Optional<Execution.Result> result, Optional<ClusterView> after) {
        StringBuilder out = new StringBuilder();
        if (!cib.findings().isEmpty()) {
            out.append("Not understood:\n");
            cib.findings().forEach(finding -> out.append("  * ").append(finding).append('\n'));
            out.append('\n');
        }
        out.append("Current cluster status:\n");
        StatusText.write(inspection.before(), out);
        if (scores) {
            out.append("\nScores:\n");
            PlanText.scores(inspection.scores(), out);
        }
        out.append("\nTransition Summary:\n");
        PlanText.changes(inspection.changes(), out);
        if (result.isPresent() && after.isPresent()) {
            out.append("\nExecuting Cluster Transition:\n");
            PlanText.execution(inspection.plan(), result.get(), out);
            out.append("\nRevised Cluster Status:\n");
            StatusText.write(after.get(), out);
        }
        return out.toString();
    }
}
