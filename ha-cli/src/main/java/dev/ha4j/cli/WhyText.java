package dev.ha4j.cli;

import dev.ha4j.resources.policy.ActionNote;
import dev.ha4j.resources.policy.ActionNote.Fate;
import dev.ha4j.resources.policy.Change;
import dev.ha4j.resources.policy.ClusterView.ResourceView;
import dev.ha4j.resources.policy.Inspection;
import dev.ha4j.resources.policy.ScoreLog.Candidate;
import dev.ha4j.resources.policy.ScoreLog.Contribution;
import dev.ha4j.resources.policy.ScoreLog.Kind;
import dev.ha4j.resources.policy.ScoreLog.Score;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Explains in words what an inspection holds. */
final class WhyText {
    private final Inspection inspection;
    private final @Nullable String onlyNode;
    private final StringBuilder out = new StringBuilder();

    WhyText(Inspection inspection, @Nullable String onlyNode) {
        this.inspection = inspection;
        this.onlyNode = onlyNode;
    }

    @Override
    public String toString() {
        return out.toString();
    }

    void explain(ResourceView resource) {
        if (!out.isEmpty()) {
            out.append('\n');
        }
        List<Candidate> candidates = inspection.candidates().stream()
                .filter(candidate -> candidate.resource().equals(resource.id()))
                .sorted(Comparator.comparing(Candidate::chosen)
                        .thenComparingInt(Candidate::score)
                        .reversed())
                .toList();
        headline(resource, candidates);
        for (Candidate candidate : candidates) {
            if (onlyNode == null || onlyNode.equals(candidate.node())) {
                node(resource, candidate);
            }
        }
        promotion(resource);
        actions(resource);
    }

    private void headline(ResourceView resource, List<Candidate> candidates) {
        String now = resource.nodes().isEmpty()
                ? "not active"
                : resource.role() + " on " + String.join(", ", resource.nodes());
        out.append(resource.id()).append(": ").append(now);
        if (!resource.flags().isEmpty()) {
            out.append(" (").append(String.join(", ", resource.flags())).append(')');
        }
        out.append('\n');
        Optional<Candidate> chosen =
                candidates.stream().filter(Candidate::chosen).findFirst();
        out.append("  ");
        if (chosen.isPresent()) {
            String verb = chosen.get().current() ? "stays on " : "goes to ";
            out.append(verb).append(chosen.get().node()).append(": ").append(reason(chosen.get(), candidates));
        } else {
            out.append("gets no node: ").append(noNode(resource, candidates));
        }
        out.append('\n');
        inspection.changes().stream()
                .filter(change -> change.subject().equals(resource.id()))
                .forEach(this::change);
    }

    private void change(Change change) {
        out.append("  change: ").append(change.what().toString().toLowerCase(Locale.ROOT));
        if (change.reason() != null) {
            out.append(", due to ").append(change.reason());
        }
        out.append(change.blocked() ? ", and can't be done\n" : "\n");
    }

    /** Why this one and not another: what the choice looks at, in its order. */
    private static String reason(Candidate chosen, List<Candidate> candidates) {
        List<Candidate> others = candidates.stream()
                .filter(other -> !other.chosen() && other.unavailable() == null && other.score() >= 0)
                .toList();
        if (others.isEmpty()) {
            return "no other node can take it";
        }
        int best = others.stream().mapToInt(Candidate::score).max().orElse(0);
        if (chosen.score() > best) {
            return "its score of " + PlanText.score(chosen.score()) + " is the highest, the next is "
                    + PlanText.score(best);
        }
        if (chosen.score() < best) {
            return "its score is not the highest, and it was to be kept there or has more room";
        }
        List<Candidate> equal =
                others.stream().filter(other -> other.score() == best).toList();
        String tie = "of the nodes with the highest score, " + PlanText.score(best) + ", ";
        if (chosen.current()) {
            return tie + "it is there already";
        }
        boolean fewest = equal.stream().allMatch(other -> other.resourceCount() > chosen.resourceCount());
        return tie + (fewest ? "it has the fewest resources" : "it comes first (fewest resources, then name)");
    }

    private static String noNode(ResourceView resource, List<Candidate> candidates) {
        if (candidates.isEmpty()) {
            return "no node is allowed";
        }
        if (resource.flags().contains("disabled")) {
            return "it is to be stopped (target-role)";
        }
        boolean anyScore = candidates.stream().anyMatch(candidate -> candidate.score() >= 0);
        return anyScore ? "no node on which it may run is available" : "its score is below zero everywhere";
    }

    private void node(ResourceView resource, Candidate candidate) {
        out.append("  ").append(candidate.node()).append(": ").append(PlanText.score(candidate.score()));
        if (candidate.chosen()) {
            out.append(", chosen");
        } else if (candidate.unavailable() != null) {
            out.append(", can't be used: ").append(candidate.unavailable());
        } else if (candidate.score() < 0) {
            out.append(", can't be used");
        }
        out.append('\n');
        for (Contribution part : inspection.contributions()) {
            if (part.resource().equals(resource.id()) && part.node().equals(candidate.node())) {
                out.append(String.format(Locale.ROOT, "    %10s  %s%n", delta(part), part.why()));
            }
        }
    }

    private static String delta(Contribution part) {
        if (Math.abs(part.after()) >= 1_000_000) {
            return PlanText.score(part.after());
        }
        long delta = (long) part.after() - (Math.abs(part.before()) >= 1_000_000 ? 0 : part.before());
        return String.format(Locale.ROOT, "%+d", delta);
    }

    private void promotion(ResourceView resource) {
        for (Score score : inspection.scores()) {
            if (score.kind() == Kind.PROMOTION && score.resource().equals(resource.id()) && score.node() != null) {
                out.append("  promotion score on ").append(score.node()).append(": ");
                out.append(PlanText.score(score.score())).append('\n');
            }
        }
    }

    private void actions(ResourceView resource) {
        for (ActionNote note : inspection.actions()) {
            boolean here = onlyNode == null || onlyNode.equals(note.node());
            if (note.resource().equals(resource.id()) && here && note.fate() != Fate.NOT_NEEDED) {
                action(note);
            }
        }
    }

    private void action(ActionNote note) {
        out.append("  ").append(note.action());
        if (note.node() != null) {
            out.append(" on ").append(note.node());
        }
        out.append(note.fate() == Fate.PLANNED ? ": will be done" : ": can't be done");
        if (note.reason() != null) {
            out.append(", due to ").append(note.reason());
        }
        if (!note.waitsFor().isEmpty()) {
            out.append(note.fate() == Fate.PLANNED ? "; after " : "; blocked by ")
                    .append(String.join(", ", note.waitsFor()));
        }
        out.append('\n');
    }
}
