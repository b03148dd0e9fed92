package dev.ha4j.cli;

import dev.ha4j.cib.Cib;
import dev.ha4j.resources.policy.ClusterView.Kind;
import dev.ha4j.resources.policy.ClusterView.ResourceView;
import dev.ha4j.resources.policy.Inspection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Why a resource is where it is, or goes where it goes. */
@Command(
        name = "why",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Explains where a resource runs, node by node, and what is done with it.")
final class Why implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private Question question = new Question();

    @Parameters(
            index = "1",
            paramLabel = "RESOURCE",
            description = "A resource, a group, a clone, or an instance of one.")
    private String resource = "";

    @Option(
            names = {"-n", "--node"},
            paramLabel = "NODE",
            description = "Say it of this node only.")
    private @Nullable String node;

    @Mixin
    private Events events = new Events();

    @Override
    public Integer call() throws QuestionException {
        Cib cib = question.read();
        Inspection inspection = events.inject(question.simulation(cib)).inspect();
        if (node != null
                && inspection.before().nodes().stream()
                        .noneMatch(view -> view.name().equals(node))) {
            throw new QuestionException("there is no node " + node);
        }
        List<ResourceView> leaves = new ArrayList<>();
        inspection.before().resources().forEach(view -> collect(view, false, leaves));
        if (leaves.isEmpty()) {
            throw new QuestionException("there is no resource " + resource);
        }
        WhyText text = new WhyText(inspection, node);
        leaves.forEach(text::explain);
        if (spec != null) {
            spec.commandLine().getOut().println(text.toString().stripTrailing());
        }
        return 0;
    }

    /** All primitives that are, or are in, what the name stands for. */
    private void collect(ResourceView view, boolean within, List<ResourceView> leaves) {
        boolean meant = within || view.id().equals(resource) || view.shownId().equals(resource);
        if (view.kind() == Kind.PRIMITIVE) {
            if (meant) {
                leaves.add(view);
            }
        } else {
            view.children().forEach(child -> collect(child, meant, leaves));
        }
    }
}
