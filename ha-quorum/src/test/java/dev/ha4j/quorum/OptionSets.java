package dev.ha4j.quorum;

import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.QuorumDeviceOptions;
import dev.ha4j.api.config.QuorumOptions;
import dev.ha4j.api.config.TieBreaker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Every set of options that is allowed for a number of nodes with one vote each. */
final class OptionSets {

    private OptionSets() {}

    static List<NodeSpec> nodes(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(id -> NodeSpec.of(id, "n" + id, "10.0.0." + id))
                .toList();
    }

    /** Name and options, in a fixed order. */
    static Map<String, QuorumOptions> allowed(int count) {
        Map<String, QuorumOptions> allowed = new LinkedHashMap<>();
        List<NodeSpec> nodes = nodes(count);
        all(count).forEach((name, options) -> {
            if (options.conflicts(nodes).isEmpty()) {
                allowed.put(name, options);
            }
        });
        return allowed;
    }

    private static Map<String, QuorumOptions> all(int count) {
        Map<String, QuorumOptions> sets = new LinkedHashMap<>();
        for (int bits = 0; bits < 32; bits++) {
            for (TieBreaker tieBreaker : tieBreakers(count)) {
                put(sets, bits, tieBreaker);
            }
        }
        return sets;
    }

    private static List<TieBreaker> tieBreakers(int count) {
        return List.of(TieBreaker.NONE, TieBreaker.LOWEST, TieBreaker.HIGHEST, TieBreaker.nodes(count, 1));
    }

    private static void put(Map<String, QuorumOptions> sets, int bits, TieBreaker tieBreaker) {
        QuorumOptions options = QuorumOptions.DEFAULTS;
        List<String> names = new ArrayList<>();
        if ((bits & 1) != 0) {
            options = options.withTwoNode();
            names.add("twoNode");
        }
        if ((bits & 2) != 0) {
            options = options.withWaitForAll();
            names.add("waitForAll");
        }
        if (!tieBreaker.isNone()) {
            options = options.withTieBreaker(tieBreaker);
            names.add("tieBreaker " + tieBreaker.kind());
        }
        if ((bits & 4) != 0) {
            options = options.withLastManStanding(QuorumOptions.DEFAULT_WINDOW);
            names.add("lastManStanding");
        }
        if ((bits & 8) != 0) {
            options = options.withDevice(QuorumDeviceOptions.DEFAULTS.withVotes(1));
            names.add("device");
        }
        if ((bits & 16) != 0) {
            options = options.withAllowDownscale();
            names.add("allowDownscale");
        }
        boolean twice = (bits & 3) == 1;
        if (!twice) {
            sets.put(names.isEmpty() ? "majority" : String.join(" + ", names), options);
        }
    }
}
