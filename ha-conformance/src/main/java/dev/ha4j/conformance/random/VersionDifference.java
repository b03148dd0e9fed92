package dev.ha4j.conformance.random;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What the reference does differently since the version that people can install easily. The first that fits explains a difference. */
enum VersionDifference {
    UNMANAGED_ON_ABSENT_NODE(
            "3.0.1",
            "a collective is active where what is in it is not managed, even on a node that is away",
            remains -> remains.isOnlyShown()
                    && remains.onlyOf(union(remains.primitivesIn("group", "clone", "bundle"), remains.containers()))),

    REMOTE_WITHOUT_QUORUM(
            "3.0",
            "without quorum a remote node is fenced only if all are there that could connect to it",
            remains -> remains.cib().get("have-quorum").equals("0")
                    && remains.actions().missing().stream().anyMatch(action -> action.startsWith("crm stonith-"))),

    MAINTENANCE_OF_NODES(
            "2.1.6",
            "what is active on a node in maintenance is itself in maintenance, so that its monitors are cancelled",
            remains -> remains.all("nvpair").anyMatch(pair -> pair.get("name").equals("maintenance"))
                    && remains.onlyMonitors()),

    PROBE_THAT_CANNOT_RUN(
            "2.1.6",
            "a probe that can't run keeps instances that are not active from starting, and stops none",
            remains -> remains.hasNodeInBetween() && remains.has("clone")),

    INSTANCES_STAY(
            "2.1.7",
            "instances of an anonymous clone, or containers, are not shuffled among their nodes",
            VersionDifference::shufflesInstances),

    VAIN_TRIAL(
            "2.1.7",
            "a node that is tried for an instance in vain leaves no trace",
            remains -> remains.has("clone") && remains.actions().missing().isEmpty() && remains.onlyMonitors()),

    GROUP_STOPS_FIRST(
            "2.1.6",
            "a group's member that is active stops before an earlier one starts",
            remains -> remains.onlyLess()
                    && remains.hasLargeGroup()
                    && !remains.has("rsc_colocation")
                    && Remains.does(remains.actions().missing(), remains.primitivesIn("group"), "start")),

    GROUP_THAT_CANNOT_START(
            "2.1.6",
            "what has to be with a group that can't start does not start",
            remains -> remains.onlyLess() && remains.has("group") && remains.hasColocation(Remains::isMandatory)),

    PROMOTION_SCORES(
            "3.0",
            "what colocations and groups add to promotion scores",
            remains -> remains.concernsPromotion() && (remains.has("rsc_colocation") || remains.has("group"))),

    GROUP_BETWEEN(
            "2.1.6",
            "what depends on a group counts for what the group depends on",
            remains -> remains.has("group")
                    && remains.hasColocation(colocation -> colocation.children.size() > 1)
                    && !remains.hasColocation(colocation -> !Remains.isMandatory(colocation))),

    MANDATORY_FIRST(
            "2.1.6",
            "mandatory colocations, also those within groups, are heeded before optional ones",
            remains -> remains.hasColocation(colocation -> !Remains.isMandatory(colocation))
                    && (remains.hasLargeGroup() || remains.hasColocation(Remains::isMandatory)));

    final String since;
    final String rule;
    private final Predicate<Remains> explains;

    VersionDifference(String since, String rule, Predicate<Remains> explains) {
        this.since = since;
        this.rule = rule;
        this.explains = explains;
    }

    static Optional<VersionDifference> of(Remains remains) {
        return Arrays.stream(values())
                .filter(each -> each.explains.test(remains))
                .findFirst();
    }

    /** The older one stops what the newer one lets run. */
    private static boolean shufflesInstances(Remains remains) {
        Set<String> cloned = union(remains.primitivesIn("clone"), remains.containers());
        return Remains.does(remains.actions().missing(), cloned, "stop")
                && !Remains.does(remains.actions().surplus(), cloned, "stop");
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> all = new TreeSet<>(some);
        all.addAll(others);
        return all;
    }
}
