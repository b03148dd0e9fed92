package dev.ha4j.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ha4j.resources.policy.Change;
import dev.ha4j.resources.policy.ClusterView;
import dev.ha4j.resources.policy.ClusterView.ResourceView;
import dev.ha4j.resources.policy.Execution;
import dev.ha4j.resources.policy.Inspection;
import dev.ha4j.resources.policy.Plan;
import dev.ha4j.resources.policy.ScoreLog;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Answers as JSON, for programs. */
final class PlanJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode root = JSON.createObjectNode();

    PlanJson findings(List<String> findings) {
        ArrayNode array = root.putArray("findings");
        findings.forEach(array::add);
        return this;
    }

    PlanJson inspection(Inspection inspection, boolean withScores) {
        view(root.putObject("before"), inspection.before());
        ArrayNode changes = root.putArray("changes");
        inspection.changes().forEach(change -> change(changes.addObject(), change));
        ArrayNode steps = root.putArray("steps");
        inspection.plan().steps().forEach(step -> step(steps.addObject(), step));
        inspection.plan().recheckSeconds().ifPresent(seconds -> root.put("recheckBy", seconds));
        if (withScores) {
            ArrayNode scores = root.putArray("scores");
            inspection.scores().forEach(score -> score(scores.addObject(), score));
        }
        return this;
    }

    PlanJson execution(Execution.Result result, ClusterView after) {
        ObjectNode execution = root.putObject("execution");
        ArrayNode begun = execution.putArray("steps");
        result.begun().forEach(begun::add);
        result.failed().ifPresent(failure -> execution.put("failed", failure.toString()));
        view(root.putObject("after"), after);
        return this;
    }

    @Override
    public String toString() {
        try {
            DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
            printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
            return JSON.writer(printer).writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static void view(ObjectNode json, ClusterView view) {
        ArrayNode nodes = json.putArray("nodes");
        view.nodes().forEach(node -> nodes.addObject().put("name", node.name()).put("state", node.state()));
        ArrayNode resources = json.putArray("resources");
        view.resources().forEach(resource -> resource(resources.addObject(), resource));
    }

    private static void resource(ObjectNode json, ResourceView resource) {
        json.put("id", resource.id());
        json.put("kind", lower(resource.kind()));
        if (!resource.agent().isEmpty()) {
            json.put("agent", resource.agent());
        }
        json.put("role", resource.role());
        ArrayNode nodes = json.putArray("nodes");
        resource.nodes().forEach(nodes::add);
        ArrayNode flags = json.putArray("flags");
        resource.flags().forEach(flags::add);
        json.put("failed", resource.failed()).put("removed", resource.removed());
        if (!resource.children().isEmpty()) {
            ArrayNode children = json.putArray("children");
            resource.children().forEach(child -> resource(children.addObject(), child));
        }
    }

    private static void change(ObjectNode json, Change change) {
        json.put("what", lower(change.what())).put("subject", change.subject());
        put(json, "from", change.from());
        put(json, "to", change.to());
        json.put("fromRole", change.fromRole().toString())
                .put("toRole", change.toRole().toString());
        put(json, "detail", change.detail());
        put(json, "reason", change.reason());
        json.put("blocked", change.blocked());
    }

    private static void step(ObjectNode json, Plan.Step step) {
        json.put("kind", lower(step.kind())).put("key", step.key()).put("task", step.task());
        put(json, "node", step.node());
        put(json, "resource", step.resource());
        json.put("intervalMillis", step.intervalMillis()).put("expectedReturnCode", step.targetRc());
        put(json, "migrateFrom", step.source());
        put(json, "migrateTo", step.target());
        ArrayNode after = json.putArray("after");
        step.after().forEach(after::add);
    }

    private static void score(ObjectNode json, ScoreLog.Score score) {
        json.put("kind", lower(score.kind())).put("resource", score.resource());
        put(json, "node", score.node());
        json.put("score", score.score());
    }

    private static void put(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    private static String lower(Object constant) {
        return constant.toString().toLowerCase(Locale.ROOT);
    }
}
