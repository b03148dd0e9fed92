package dev.ha4j.api.config;

import java.time.Duration;
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
        check.ring(ring);
        check.links(policy, ring.links());
        check.keys(keys);
        return List.copyOf(check.found);
    }

    void wrong(String where, String what, String remedy) {
        found.add(new Violation(where, what, remedy));
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

    private void links(ClusterPolicy policy, LinkOptions links) {
        int most = policy.nodes().stream()
                .mapToInt(node -> node.links().size())
                .max()
                .orElse(0);
        if (links.priorities().size() > most) {
            wrong(
                    "links",
                    "have " + links.priorities().size() + " priorities, and nodes have " + most + " links",
                    "one priority per link at most");
        }
    }

    private void ring(RingOptions ring) {
        Duration token = ring.tokenTimeout();
        if (token.compareTo(RingOptions.MIN_TOKEN_TIMEOUT) < 0 || token.compareTo(RingOptions.MAX_TOKEN_TIMEOUT) > 0) {
            wrong("tokenTimeout", "is " + token.toMillis() + " ms", "choose 10 ms to 5 min; 1 s is the default");
        }
        range("windowMessages", ring.windowMessages(), 1, 1_000);
        range("deliveryQueueBytes", ring.deliveryQueueBytes(), 1 << 20, 1 << 30);
        range("submitQueueBytes", ring.submitQueueBytes(), 1 << 20, 1 << 30);
    }
}
