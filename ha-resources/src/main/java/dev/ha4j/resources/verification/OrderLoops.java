package dev.ha4j.resources.verification;

import dev.ha4j.resources.config.Constraint;
import dev.ha4j.resources.config.Constraint.ResourceSet;
import dev.ha4j.resources.config.ResourceEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Orders that wait for each other. Each action of a resource has a begin and an end; what is in a group or a clone lies between
 * those of the whole. A loop is a set of points of which each is before each.
 */
final class OrderLoops {
    private static final List<String> ACTIONS = List.of("start", "stop", "promote", "demote");

    private final Findings findings;
    private final Names names;
    private final Map<String, List<Edge>> edges = new LinkedHashMap<>();

    OrderLoops(Findings findings, Names names) {
        this.findings = findings;
        this.names = names;
    }

    /** Constraints are empty for what follows from a group, a clone, or the nature of actions */
    private record Edge(String to, String constraint) {}

    void run(List<Constraint> constraints) {
        names.resources().values().forEach(this::nature);
        for (Constraint constraint : constraints) {
            if (constraint instanceof Constraint.Order order && !"Serialize".equalsIgnoreCase(order.get("kind"))) {
                add(order);
            }
        }
        report();
    }

    private static String begin(String resource, String action) {
        return resource + ' ' + action;
    }

    private static String end(String resource, String action) {
        return resource + ' ' + action + " done";
    }

    private void edge(String from, String to, String constraint) {
        edges.computeIfAbsent(from, point -> new ArrayList<>()).add(new Edge(to, constraint));
    }

    private void nature(ResourceEntry entry) {
        for (String action : ACTIONS) {
            edge(begin(entry.id(), action), end(entry.id(), action), "");
        }
        edge(end(entry.id(), "start"), begin(entry.id(), "promote"), "");
        edge(end(entry.id(), "demote"), begin(entry.id(), "stop"), "");
        names.parent(entry).ifPresent(parent -> {
            for (String action : ACTIONS) {
                edge(begin(parent.id(), action), begin(entry.id(), action), "");
                edge(end(entry.id(), action), end(parent.id(), action), "");
            }
        });
        if (entry instanceof ResourceEntry.Group group && isOrdered(group)) {
            for (int i = 1; i < group.members().size(); i++) {
                String earlier = group.members().get(i - 1).id();
                String later = group.members().get(i).id();
                edge(end(earlier, "start"), begin(later, "start"), "");
                edge(end(later, "stop"), begin(earlier, "stop"), "");
            }
        }
    }

    private static boolean isOrdered(ResourceEntry.Group group) {
        return OptionChecks.entries(group.meta()).stream()
                .filter(pair -> pair.name().equals("ordered"))
                .allMatch(pair -> Value.isTrue(pair.value()));
    }

    private void add(Constraint.Order order) {
        if (order.sets().isEmpty()) {
            String first = action(order.get("first-action"), "start");
            String then = action(order.get("then-action"), first);
            between(order.id(), names.meant(order.get("first")), first, names.meant(order.get("then")), then);
            return;
        }
        ResourceSet previous = null;
        for (ResourceSet set : order.sets()) {
            String action = action(set.get("action"), "start");
            List<String> members = set.references().stream()
                    .flatMap(name -> names.meant(name).stream())
                    .toList();
            boolean sequential = set.get("sequential") == null || Value.isTrue(set.get("sequential"));
            for (int i = 1; i < members.size() && sequential; i++) {
                edge(end(members.get(i - 1), action), begin(members.get(i), action), order.id());
            }
            if (previous != null) {
                List<String> firsts = previous.references().stream()
                        .flatMap(name -> names.meant(name).stream())
                        .toList();
                between(order.id(), firsts, action(previous.get("action"), "start"), members, action);
            }
            previous = set;
        }
    }

    private void between(String id, List<String> firsts, String first, List<String> thens, String then) {
        for (String one : firsts) {
            for (String other : thens) {
                edge(end(one, first), begin(other, then), id);
            }
        }
    }

    private static String action(@Nullable String text, String absent) {
        return text == null ? absent : text.toLowerCase(Locale.ROOT);
    }

    // Loops

    /** What nothing comes before, again and again, is in no loop; so all but loops and what follows from them goes fast. */
    private void dropWhatClosesNoLoop() {
        Map<String, Integer> waiting = new LinkedHashMap<>();
        edges.values().forEach(list -> list.forEach(edge -> waiting.merge(edge.to(), 1, Integer::sum)));
        Deque<String> free = new ArrayDeque<>();
        edges.keySet().stream().filter(point -> !waiting.containsKey(point)).forEach(free::add);
        while (!free.isEmpty()) {
            List<Edge> gone = edges.remove(free.pop());
            for (Edge edge : gone == null ? List.<Edge>of() : gone) {
                if (waiting.merge(edge.to(), -1, Integer::sum) == 0) {
                    free.push(edge.to());
                }
            }
        }
    }

    private void report() {
        dropWhatClosesNoLoop();
        Set<Set<String>> reported = new LinkedHashSet<>();
        Set<String> done = new LinkedHashSet<>();
        for (String point : List.copyOf(edges.keySet())) {
            if (done.contains(point)) {
                continue;
            }
            Set<String> loop = loopOf(point);
            done.addAll(loop);
            Set<String> constraints = constraintsWithin(loop);
            if (!constraints.isEmpty() && reported.add(constraints)) {
                report(loop, constraints);
            }
        }
    }

    /** All that the point is before, and that is before the point. */
    private Set<String> loopOf(String point) {
        Set<String> after = reach(point, edges);
        if (!after.contains(point)) {
            return new LinkedHashSet<>();
        }
        Map<String, List<Edge>> backwards = new LinkedHashMap<>();
        edges.forEach((from, list) -> list.forEach(edge ->
                backwards.computeIfAbsent(edge.to(), to -> new ArrayList<>()).add(new Edge(from, edge.constraint()))));
        after.retainAll(reach(point, backwards));
        return after;
    }

    private static Set<String> reach(String start, Map<String, List<Edge>> edges) {
        Set<String> reached = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            for (Edge edge : edges.getOrDefault(open.pop(), List.of())) {
                if (reached.add(edge.to())) {
                    open.push(edge.to());
                }
            }
        }
        return reached;
    }

    private Set<String> constraintsWithin(Set<String> loop) {
        Set<String> constraints = new TreeSet<>();
        for (String point : loop) {
            for (Edge edge : edges.getOrDefault(point, List.of())) {
                if (loop.contains(edge.to()) && !edge.constraint().isEmpty()) {
                    constraints.add(edge.constraint());
                }
            }
        }
        return constraints;
    }

    private void report(Set<String> loop, Set<String> constraints) {
        Set<String> resources = new TreeSet<>();
        loop.forEach(point -> resources.add(point.substring(0, point.indexOf(' '))));
        String first = constraints.iterator().next();
        String others = constraints.size() == 1 ? "" : ", with " + String.join(", ", rest(constraints));
        findings.error(
                first,
                "it closes a loop of orders" + others + ": " + String.join(", ", resources)
                        + " would wait for each other for ever",
                "remove or turn round one of these constraints");
    }

    private static List<String> rest(Set<String> constraints) {
        return constraints.stream().skip(1).toList();
    }
}
