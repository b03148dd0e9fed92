package dev.ha4j.resources.verification;

import dev.ha4j.resources.config.Constraint;
import dev.ha4j.resources.config.Constraint.ResourceSet;
import dev.ha4j.resources.config.ResourceEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Mandatory colocations that can't all hold: what has to be together forms classes, and each needs a node. */
final class ColocationConflicts {
    private final Findings findings;
    private final Names names;
    private final Map<String, Set<String>> reach;

    /** The representative of each resource's class. */
    private final Map<String, String> classes = new LinkedHashMap<>();

    private final List<Pair> together = new ArrayList<>();
    private final List<Pair> apart = new ArrayList<>();

    ColocationConflicts(Findings findings, Names names, Map<String, Set<String>> reach) {
        this.findings = findings;
        this.names = names;
        this.reach = reach;
    }

    /**
     * @param sameNode whether it is about nodes themselves, not about values of an attribute
     * @param anyRole whether it holds for all roles
     */
    private record Pair(String constraint, String dependent, String primary, boolean sameNode, boolean anyRole) {
        boolean plain() {
            return sameNode && anyRole;
        }
    }

    void run(List<Constraint> constraints) {
        for (Constraint constraint : constraints) {
            if (constraint instanceof Constraint.Colocation colocation) {
                add(colocation);
            }
        }
        for (Pair pair : together) {
            if (pair.plain() && single(pair.dependent()) && single(pair.primary())) {
                classes.put(classOf(pair.dependent()), classOf(pair.primary()));
            }
        }
        apart.forEach(this::contradiction);
        together.forEach(this::impossible);
    }

    private void add(Constraint.Colocation colocation) {
        boolean sameNode =
                colocation.get("node-attribute") == null || "#uname".equals(colocation.get("node-attribute"));
        if (colocation.sets().isEmpty()) {
            boolean roles = colocation.get("rsc-role") != null || colocation.get("with-rsc-role") != null;
            for (String dependent : names.meant(colocation.get("rsc"))) {
                for (String primary : names.meant(colocation.get("with-rsc"))) {
                    add(colocation, colocation.get("score"), dependent, primary, sameNode, !roles);
                }
            }
            return;
        }
        for (ResourceSet set : colocation.sets()) {
            boolean sequential = set.get("sequential") == null || Value.isTrue(set.get("sequential"));
            String score = set.get("score") == null ? colocation.get("score") : set.get("score");
            for (int i = 1; i < set.references().size() && sequential; i++) {
                add(
                        colocation,
                        score,
                        set.references().get(i),
                        set.references().get(i - 1),
                        sameNode,
                        set.get("role") == null);
            }
        }
    }

    private void add(
            Constraint constraint,
            @Nullable String score,
            String dependent,
            String primary,
            boolean sameNode,
            boolean anyRole) {
        if (names.resource(dependent).isEmpty() || names.resource(primary).isEmpty() || dependent.equals(primary)) {
            return;
        }
        Pair pair = new Pair(constraint.id(), dependent, primary, sameNode, anyRole);
        if ("INFINITY".equals(score) || "+INFINITY".equals(score)) {
            together.add(pair);
        } else if ("-INFINITY".equals(score)) {
            apart.add(pair);
        }
    }

    private boolean single(String resource) {
        return names.resource(resource).stream().noneMatch(entry -> names.top(entry) instanceof ResourceEntry.Clone);
    }

    private String classOf(String resource) {
        String top =
                names.resource(resource).map(names::top).map(ResourceEntry::id).orElse(resource);
        String at = top;
        while (classes.containsKey(at) && !classes.get(at).equals(at)) {
            at = classes.getOrDefault(at, at);
        }
        return at;
    }

    private void contradiction(Pair pair) {
        boolean oneOfMany = !single(pair.dependent()) || !single(pair.primary());
        if (pair.plain() && !oneOfMany && classOf(pair.dependent()).equals(classOf(pair.primary()))) {
            findings.error(
                    pair.constraint(),
                    pair.dependent() + " has to be apart from " + pair.primary() + ", and also together with it"
                            + causes(pair.dependent()),
                    "remove one of these constraints, or give one a finite score");
        }
    }

    private String causes(String resource) {
        List<String> ids = together.stream()
                .filter(pair -> pair.plain() && classOf(pair.dependent()).equals(classOf(resource)))
                .map(Pair::constraint)
                .distinct()
                .toList();
        return ids.isEmpty() ? " (they are in one group)" : " (" + String.join(", ", ids) + ")";
    }

    private void impossible(Pair pair) {
        Set<String> dependent = nodes(pair.dependent());
        Set<String> primary = nodes(pair.primary());
        if (!pair.sameNode() || dependent.isEmpty() || primary.isEmpty()) {
            return;
        }
        Set<String> common = new TreeSet<>(dependent);
        common.retainAll(primary);
        if (common.isEmpty()) {
            findings.error(
                    pair.constraint(),
                    pair.dependent() + " can run on " + String.join(", ", dependent) + " only, and " + pair.primary()
                            + " on " + String.join(", ", primary) + " only: they can never be together",
                    "change their location constraints, or this one");
        }
    }

    private Set<String> nodes(String resource) {
        return reach.getOrDefault(resource, new TreeSet<>());
    }
}
