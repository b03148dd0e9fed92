package dev.ha4j.resources;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.Role;
import dev.ha4j.api.Score;
import dev.ha4j.api.config.MultipleActive;
import dev.ha4j.api.config.TicketConstraint;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.resources.Placement.Contribution;
import dev.ha4j.resources.Placement.NodeScore;
import dev.ha4j.resources.policy.Decision;
import dev.ha4j.resources.policy.Inspection;
import dev.ha4j.resources.policy.Place;
import dev.ha4j.resources.policy.ScoreLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says in words what a decision comes to: scores, and why things are not as they should be. */
final class Explanation {

    private final Translation translation;
    private final Decision decision;
    private final Words words;
    private final Instant now;
    private @Nullable Scores scores;

    Explanation(Translation translation, Decision decision, Instant now) {
        this.translation = translation;
        this.decision = decision;
        this.words = new Words(translation, decision);
        this.now = now;
    }

    /** Scores and what they are made of, by instance and node. */
    private static final class Scores {
        private final Map<String, List<ScoreLog.Contribution>> contributions = new LinkedHashMap<>();
        private final Map<String, Integer> totals = new LinkedHashMap<>();

        Scores(Inspection inspection) {
            inspection
                    .contributions()
                    .forEach(part -> contributions
                            .computeIfAbsent(part.resource() + "@" + part.node(), key -> new ArrayList<>(4))
                            .add(part));
            inspection
                    .candidates()
                    .forEach(candidate ->
                            totals.putIfAbsent(candidate.resource() + "@" + candidate.node(), candidate.score()));
        }
    }

    /** Made only if somebody wants to know: it costs more than the plan. */
    private Scores known() {
        if (scores == null) {
            scores = new Scores(Inspection.of(translation.input, now));
        }
        return scores;
    }

    Placement placement(boolean scored) {
        TreeMap<String, SortedMap<NodeId, Role>> roles = new TreeMap<>();
        for (Place place : decision.places()) {
            Optional<Role> role = role(place);
            if (!place.removed() && place.node() != null && role.isPresent()) {
                roles.computeIfAbsent(place.name(), name -> new TreeMap<>())
                        .put(Objects.requireNonNull(translation.nodesByName.get(place.node())), role.get());
            }
        }
        return new Placement(scored ? scores() : Placement.NONE.scores(), roles);
    }

    private Optional<Role> role(Place place) {
        ConfiguredPrimitive primitive = translation.primitives.get(place.primitive());
        return switch (place.role()) {
            case STARTED, UNPROMOTED -> Optional.of(primitive == null ? Role.STARTED : primitive.baseRole());
            case PROMOTED -> Optional.of(Role.PROMOTED);
            case UNKNOWN, STOPPED -> Optional.empty();
        };
    }

    private SortedMap<String, SortedMap<NodeId, NodeScore>> scores() {
        TreeMap<String, SortedMap<NodeId, NodeScore>> scores = new TreeMap<>();
        decision.places().stream().filter(place -> !place.removed()).forEach(place -> {
            TreeMap<NodeId, NodeScore> byNode = new TreeMap<>();
            translation.nodes.forEach((id, name) -> byNode.put(id, score(place, name)));
            scores.put(place.instance(), byNode);
        });
        return scores;
    }

    private NodeScore score(Place place, String node) {
        List<Contribution> parts = new ArrayList<>();
        for (ScoreLog.Contribution part : contributions(place, node)) {
            boolean forbids = part.after() <= Score.MIN && part.before() > Score.MIN;
            parts.add(new Contribution(
                    forbids ? Score.MINUS_INFINITY : Score.of(part.after() - part.before()), part.why()));
        }
        int total = known().totals.getOrDefault(place.instance() + "@" + node, Score.MIN);
        String unavailable = words.unavailable(node);
        if (!unavailable.isEmpty()) {
            parts.add(new Contribution(Score.MINUS_INFINITY, unavailable));
            total = Score.MIN;
        }
        return new NodeScore(Score.of(total), parts);
    }

    private List<ScoreLog.Contribution> contributions(Place place, String node) {
        return known().contributions.getOrDefault(place.instance() + "@" + node, List.of());
    }

    void blockages() {
        Map<String, List<Place>> clones = new LinkedHashMap<>();
        for (Place place : decision.places()) {
            ConfiguredPrimitive primitive = translation.primitives.get(place.primitive());
            if (place.blocked() && place.activeOn().size() < 2) {
                leftAlone(place);
            }
            if (primitive != null && place.collective() != null && primitive.isPromotable()) {
                clones.computeIfAbsent(place.collective(), name -> new ArrayList<>())
                        .add(place);
            }
        }
        clones.forEach(this::leaderless);
        Set<String> placed = new TreeSet<>();
        decision.places().stream()
                .filter(place -> place.collective() != null && place.node() != null)
                .forEach(place -> placed.add(Objects.requireNonNull(place.collective())));
        for (Place place : decision.places()) {
            ConfiguredPrimitive primitive = translation.primitives.get(place.primitive());
            if (primitive != null && !place.removed() && primitive.isWanted() && isManaged(primitive)) {
                multiplyActive(place, primitive);
                homeless(place, primitive, placed);
                stuck(place);
            }
        }
    }

    private boolean isManaged(ConfiguredPrimitive primitive) {
        return primitive.isManaged() && !translation.state.policy().options().maintenance();
    }

    private void leftAlone(Place place) {
        for (String node : place.activeOn()) {
            String why = place.failed()
                    ? words.failure(place, node).orElse("something failed")
                    : missingTicket(place)
                            .map(ticket -> "ticket " + ticket + " is lost")
                            .orElseGet(() -> words.failure(place, node).orElse("something failed"));
            add(place, place.name() + " is left alone on " + node + ": " + why);
        }
    }

    private void multiplyActive(Place place, ConfiguredPrimitive primitive) {
        MultipleActive policy = primitive.spec().meta().multipleActive();
        if (place.activeOn().size() > 1 && (policy == MultipleActive.BLOCK || policy == MultipleActive.STOP_ONLY)) {
            add(place, place.name() + " is active on " + place.activeOn() + " at the same time");
        }
    }

    private void leaderless(String clone, List<Place> instances) {
        List<Place> placed =
                instances.stream().filter(place -> place.node() != null).toList();
        boolean demoted = placed.stream().allMatch(place -> place.role() == dev.ha4j.resources.policy.Role.UNPROMOTED);
        boolean wanted = placed.stream()
                .flatMap(place -> Stream.ofNullable(translation.primitives.get(place.primitive())))
                .allMatch(primitive -> isManaged(primitive)
                        && primitive
                                .targetRole()
                                .filter(role -> role != Role.PROMOTED)
                                .isEmpty());
        if (demoted && wanted && !placed.isEmpty()) {
            Optional<String> ticket = missingTicket(placed.get(0));
            if (ticket.isPresent()) {
                add(placed.get(0), "no instance of " + clone + " is promoted without ticket " + ticket.get());
                return;
            }
            String scores = placed.stream()
                    .map(place -> place.node() + " (" + Score.of(place.promotionScore()) + ")")
                    .sorted()
                    .collect(Collectors.joining(", "));
            add(placed.get(0), "no instance of " + clone + " can be promoted; their scores are " + scores);
        }
    }

    /** A ticket that this cluster doesn't have, and that a constraint about the place's resource names. */
    private Optional<String> missingTicket(Place place) {
        ClusterState state = translation.state;
        ConfiguredPrimitive primitive = translation.primitives.get(place.primitive());
        List<String> names = new ArrayList<>(List.of(place.primitive()));
        if (primitive != null) {
            primitive.around().forEach(around -> names.add(around.id()));
        }
        return state.policy()
                .ticketConstraints()
                .filter(ticket -> ticket.resources().stream().anyMatch(names::contains))
                .map(TicketConstraint::ticket)
                .filter(name -> !state.ticket(name).isUsable())
                .findFirst();
    }

    /** @param placed clones and groups of which something has a place */
    private void homeless(Place place, ConfiguredPrimitive primitive, Set<String> placed) {
        boolean spare = !primitive.isUnique() && place.collective() != null && placed.contains(place.collective());
        if (place.node() == null && !spare) {
            List<String> objections = new ArrayList<>();
            translation.nodes.values().forEach(node -> objections.add(node + " (" + objection(place, node) + ")"));
            add(place, place.name() + " can't run anywhere: " + String.join(", ", objections));
        }
    }

    private String objection(Place place, String node) {
        String unavailable = words.unavailable(node);
        if (!unavailable.isEmpty()) {
            return unavailable;
        }
        return contributions(place, node).stream()
                .filter(part -> part.after() < 0 && part.after() < part.before())
                .map(ScoreLog.Contribution::why)
                .findFirst()
                .orElse("not opted in");
    }

    private void stuck(Place place) {
        if (decision.blocked().isEmpty()) {
            return;
        }
        Stream.of("stop", "start", "promote")
                .flatMap(task -> decision.blocked().stream()
                        .filter(blocked -> blocked.name().equals(place.name())
                                && blocked.task().equals(task)))
                .flatMap(blocked -> Stream.ofNullable(blocked.reason()))
                .findFirst()
                .ifPresent(reason -> add(place, reason));
    }

    private void add(Place place, String reason) {
        translation.blockages.add(place.name(), reason);
    }
}
