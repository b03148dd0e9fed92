package dev.ha4j.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the reference decided. */
final class Recorded {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode root;

    private Recorded(JsonNode root) {
        this.root = root;
    }

    static Recorded read(Path file) throws IOException {
        return new Recorded(JSON.readTree(file.toFile()));
    }

    /** The time to plan for, where a case sets one. */
    Optional<String> date() {
        JsonNode date = root.path("date");
        return date.isTextual() ? Optional.of(date.asText()) : Optional.empty();
    }

    Map<String, String> status(String field) {
        TreeMap<String, String> status = new TreeMap<>();
        root.path(field)
                .properties()
                .forEach(resource -> resource.getValue()
                        .properties()
                        .forEach(node ->
                                status.put(resource.getKey() + " on " + node.getKey(), roles(node.getValue()))));
        return status;
    }

    private static String roles(JsonNode value) {
        List<String> roles = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(role -> roles.add(role.asText()));
        } else {
            roles.add(value.asText());
        }
        roles.sort(null);
        return String.join(", ", roles);
    }

    List<String> actions() {
        List<String> actions = new ArrayList<>();
        for (JsonNode action : root.path("actions")) {
            actions.add(Labels.of(
                    action.path("type").asText(),
                    action.path("key").asText(),
                    action.path("node").asText(""),
                    action.path("interval").asLong(0),
                    action.path("meta").path("op_target_rc").asText("0")));
        }
        return actions;
    }

    List<String> scores() {
        List<String> scores = new ArrayList<>();
        for (JsonNode score : root.path("scores")) {
            JsonNode node = score.path(2);
            scores.add(Labels.ofScore(
                    score.path(0).asText(),
                    score.path(1).asText(),
                    node.isTextual() ? node.asText() : null,
                    score.path(3).asInt()));
        }
        return scores;
    }

    List<String> edges() {
        List<String> labels = actions();
        List<String> edges = new ArrayList<>();
        for (JsonNode edge : root.path("edges")) {
            edges.add(labels.get(edge.path(0).asInt()) + " -> "
                    + labels.get(edge.path(1).asInt()));
        }
        return edges;
    }
}
