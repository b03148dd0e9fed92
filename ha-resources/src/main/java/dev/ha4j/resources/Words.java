package dev.ha4j.resources;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.OnFail;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.state.NodeStatus;
import dev.ha4j.api.state.OperationKey;
import dev.ha4j.api.state.OperationRecord;
import dev.ha4j.api.state.OperationStatus;
import dev.ha4j.api.state.ReturnCode;
import dev.ha4j.resources.policy.Decision;
import dev.ha4j.resources.policy.Place;
import dev.ha4j.resources.policy.Plan;
import dev.ha4j.resources.policy.Role;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Why things are done, and can't be done, as people say it. */
final class Words {

    private final Translation translation;
    private final Decision decision;
    private final Set<String> fenced = new TreeSet<>();

    Words(Translation translation, Decision decision) {
        this.translation = translation;
        this.decision = decision;
        decision.plan().steps().stream()
                .filter(step -> step.task().equals("stonith"))
                .forEach(step -> fenced.add(Objects.requireNonNull(step.node())));
    }

    /** Why nothing may be placed on the node; empty if something may. */
    String unavailable(String node) {
        NodeId id = Objects.requireNonNull(translation.nodesByName.get(node));
        NodeStatus status = translation.state.node(id);
        if (!status.isMember()) {
            return "not a member";
        }
        if (fenced.contains(node)) {
            return "to be fenced";
        }
        if (translation.state.policy().node(id).isEmpty()) {
            return "no longer configured";
        }
        return status.leaving() ? "leaving" : decision.unavailable().getOrDefault(node, "");
    }

    String reason(Plan.Step step, Place place, String node) {
        return switch (step.task()) {
            case "start" -> place.activeOn().contains(node) ? restarted(step) : "is to run on " + node;
            case "promote" ->
                place.failed() && place.activeOn().contains(node) ? "is to lead again" : "is to lead on " + node;
            case "migrate_to", "migrate_from" -> "moves from " + step.source() + " to " + step.target();
            case "reload-agent" -> "its parameters have changed";
            case "monitor" -> step.intervalMillis() == 0 ? "is it running?" : "is to be watched";
            default -> down(place, node);
        };
    }

    private static String restarted(Plan.Step step) {
        boolean changed = "resource definition change".equals(step.reason());
        return changed ? "is restarted, for its parameters have changed" : "is restarted";
    }

    private String down(Place place, String node) {
        ConfiguredPrimitive primitive = translation.primitives.get(place.primitive());
        if (place.removed() || primitive == null) {
            return "no longer configured";
        }
        Optional<String> failure = place.failed() ? failure(place, node) : Optional.empty();
        if (failure.isPresent()) {
            return failure.get();
        }
        if (!primitive.isWanted()) {
            return "is to be stopped";
        }
        if (place.node() == null) {
            String why = unavailable(node);
            return why.isEmpty() ? "no node may run it" : node + " is " + why;
        }
        if (!place.node().equals(node)) {
            return "moves to " + place.node();
        }
        if (place.activeOn().size() > 1) {
            return "active on " + place.activeOn();
        }
        return place.role() == Role.UNPROMOTED ? "is not to lead any more" : "is restarted";
    }

    /** Why a node is fenced: a member for what failed there, a lost node for what stands in the step. */
    String fencing(Plan.Step step) {
        String node = Objects.requireNonNull(step.node());
        return decision.places().stream()
                .filter(place -> place.failed() && place.activeOn().contains(node) && asksForFencing(place, node))
                .findFirst()
                .map(place -> place.name() + ": " + failure(place, node).orElse("failed"))
                .orElseGet(() -> inOurWords(step.reason()));
    }

    private static String inOurWords(@Nullable String reason) {
        if (reason == null) {
            return "nobody knows what it does";
        }
        return reason.equals("deadman ticket was lost") ? "a ticket is lost that something there depends on" : reason;
    }

    private boolean asksForFencing(Place place, String node) {
        NodeId id = Objects.requireNonNull(translation.nodesByName.get(node));
        return translation.histories.of(id, place.name()).stream()
                .filter(run -> run.getValue().isFailed())
                .anyMatch(run -> run.getKey().operation() == OperationName.STOP || fencesOn(place, run.getKey()));
    }

    private boolean fencesOn(Place place, OperationKey key) {
        ConfiguredPrimitive primitive = translation.primitives.get(place.primitive());
        return primitive != null
                && primitive.spec().operations().stream()
                        .anyMatch(spec -> spec.name() == key.operation()
                                && spec.interval().toMillis() == key.intervalMillis()
                                && spec.onFail() == OnFail.FENCE);
    }

    /** What failed on the node, if anything did. */
    Optional<String> failure(Place place, String node) {
        NodeId id = Objects.requireNonNull(translation.nodesByName.get(node));
        List<Map.Entry<OperationKey, OperationRecord>> runs = translation.histories.of(id, place.name());
        if (runs.isEmpty()) {
            return Optional.empty();
        }
        for (int i = runs.size() - 1; i >= 0; i--) {
            OperationRecord run = runs.get(i).getValue();
            if (!runs.get(i).getKey().isNotice() && run.isFailed() && !isFinding(run)) {
                return Optional.of(describe(runs.get(i).getKey(), run));
            }
        }
        boolean moved = runs.stream().anyMatch(run -> run.getValue().peer().isPresent())
                || translation.nodes.keySet().stream()
                        .flatMap(other -> translation.histories.of(other, place.name()).stream())
                        .anyMatch(run -> run.getValue().peer().equals(Optional.of(id)));
        return Optional.of(moved ? "its migration did not come to its end" : "it is active without a term");
    }

    /** A probe that found what nobody expected has not failed. */
    private static boolean isFinding(OperationRecord run) {
        return run.status() == OperationStatus.DONE
                && run.expected() == ReturnCode.NOT_RUNNING
                && (run.code() == ReturnCode.OK || run.code() == ReturnCode.RUNNING_PROMOTED);
    }

    private static String describe(OperationKey key, OperationRecord run) {
        boolean late = run.status() == OperationStatus.TIMED_OUT;
        String why = run.exitReason().isEmpty() ? lower(run.code()) : run.exitReason();
        return HistoryTranslation.task(key.operation()) + (late ? " timed out" : " failed: " + why);
    }

    private static String lower(ReturnCode code) {
        return code.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
