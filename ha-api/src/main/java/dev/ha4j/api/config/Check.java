package dev.ha4j.api.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Says everything that is wrong with a configuration. */
final class Check {

    private final List<Violation> found = new ArrayList<>();

    private Check() {}

    static List<Violation> of(ClusterPolicy policy, List<AuthKey> keys, RingOptions ring) {
        Check check = new Check();
        if (policy.clusterName().isBlank()) {
            check.wrong("cluster", "has no name", "ClusterConfig.named(\"orders\")");
        }
        new NodeCheck(policy, check).run();
        new QuorumCheck(policy, check).run();
        new ResourceCheck(policy, check).run();
        new ConstraintCheck(policy, check).run();
        new ProofCheck(policy, check).run();
        new RingCheck(policy, ring, check).run();
        check.keys(keys);
        return List.copyOf(check.found);
    }

    void wrong(String where, String what, String remedy) {
        found.add(new Violation(where, what, remedy));
    }

    void add(Collection<Violation> more) {
        found.addAll(more);
    }

    void unknown(String where, String kind, String name, Collection<String> known) {
        String remedy = NearestName.suggest(name, known)
                .orElse(known.isEmpty() ? "declare it" : "one of " + String.join(", ", known));
        wrong(where, "names " + kind + " " + name + ", which is not there", remedy);
    }

    /** Reports each value that occurs more than once. */
    <T> void unique(String kind, Stream<T> all, Function<T, ?> key) {
        Set<Object> seen = new LinkedHashSet<>();
        Set<Object> reported = new LinkedHashSet<>();
        all.map(key).forEach(value -> {
            if (!seen.add(value) && reported.add(value)) {
                wrong(kind + " " + value, "is declared twice", "give one of them another");
            }
        });
    }

    void range(String where, long value, long from, long to) {
        if (value < from || value > to) {
            wrong(where, "is " + value, "choose " + from + " to " + to);
        }
    }

    private void keys(List<AuthKey> keys) {
        if (keys.isEmpty()) {
            wrong("authKey", "is missing", "authKey(AuthKey.file(path)), the same on all nodes");
        }
        unique("number of a key", keys.stream(), AuthKey::number);
    }
}
