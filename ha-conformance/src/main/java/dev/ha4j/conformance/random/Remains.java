package dev.ha4j.conformance.random;

import dev.ha4j.conformance.Difference;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What is left of a cluster that was taken apart for as long as it made the same difference, and that difference.
 *
 * @param cib all of it takes part in the difference
 */
record Remains(Xml cib, Comparison comparison) {

    /** All elements with this name. */
    Stream<Xml> all(String name) {
        return cib.descendants().filter(element -> element.name.equals(name));
    }

    boolean has(String name) {
        return all(name).findAny().isPresent();
    }

    /** Primitives within such collectives. */
    Set<String> primitivesIn(String... collectives) {
        Set<String> ids = new TreeSet<>();
        for (String collective : collectives) {
            all(collective)
                    .flatMap(Xml::descendants)
                    .filter(element -> element.name.equals("primitive"))
                    .forEach(primitive -> ids.add(primitive.get("id")));
        }
        return ids;
    }

    /** The containers of bundles. */
    Set<String> containers() {
        Set<String> ids = new TreeSet<>();
        all("bundle")
                .forEach(bundle -> bundle.children.stream()
                        .filter(child -> !child.get("replicas").isEmpty())
                        .forEach(container -> {
                            for (int i = 0; i < Integer.parseInt(container.get("replicas")); i++) {
                                ids.add(bundle.get("id") + "-" + container.name + "-" + i);
                            }
                        }));
        return ids;
    }

    /** Whether a node is on its way into the cluster or out of it. */
    boolean hasNodeInBetween() {
        return all("node_state")
                .anyMatch(state ->
                        state.get("in_ccm").equals("true") && !state.get("join").equals("member"));
    }

    boolean hasColocation(Predicate<Xml> which) {
        return all("rsc_colocation").anyMatch(which);
    }

    static boolean isMandatory(Xml colocation) {
        return colocation.get("score").endsWith("INFINITY");
    }

    /** Whether a group ties some of its members to each other. */
    boolean hasLargeGroup() {
        return all("group")
                .anyMatch(group -> group.children.stream()
                                .filter(child -> child.name.equals("primitive"))
                                .count()
                        > 1);
    }

    /** Whether only one of them does something like this with one of these resources. */
    static boolean does(Iterable<String> actions, Set<String> primitives, String task) {
        for (String action : actions) {
            for (String primitive : primitives) {
                if (action.matches("(rsc|pseudo) " + primitive + "(:[0-9]+)?_" + task + "_0( .*)?")) {
                    return true;
                }
            }
        }
        return false;
    }

    Difference actions() {
        return comparison.actions();
    }

    /** Whether the newer one leaves something out of what the older one does, and does nothing else instead. */
    boolean onlyLess() {
        return comparison.after().surplus().isEmpty()
                && comparison.actions().surplus().stream().noneMatch(action -> action.contains("_start_0"));
    }

    boolean onlyMonitors() {
        return changed().findAny().isPresent() && changed().allMatch(action -> action.contains(" every "));
    }

    boolean concernsPromotion() {
        return changed().anyMatch(action -> action.contains("_promote_0"));
    }

    private Stream<String> changed() {
        return Stream.concat(actions().missing().stream(), actions().surplus().stream());
    }

    /** Whether only the newer one shows something in the end, and not for what it does. */
    boolean isOnlyShown() {
        return comparison.after().missing().isEmpty() && comparison.isShownOtherwise();
    }

    boolean onlyOf(Set<String> primitives) {
        return Stream.concat(comparison.after().missing().stream(), comparison.after().surplus().stream())
                .allMatch(line -> primitives.contains(line.replaceAll(" on .*", "")));
    }
}
