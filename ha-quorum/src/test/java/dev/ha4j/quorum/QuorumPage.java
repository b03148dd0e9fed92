package dev.ha4j.quorum;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.QuorumDeviceOptions;
import dev.ha4j.api.config.QuorumOptions;
import dev.ha4j.api.config.TieBreaker;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/** The parts of docs/quorum.md that say what the code does, made by running it. */
final class QuorumPage {

    private static final int EXCEPTION_DEPTH = 3;

    private QuorumPage() {}

    /** The page with its generated parts made anew; they stand between lines that name them. */
    static String renew(String page) {
        String running = replace(page, "running", RunningClusterPage.splits());
        String dwindling = replace(running, "dwindling", RunningClusterPage.dwindling());
        return replace(replace(dwindling, "situations", situations()), "exceptions", exceptions());
    }

    private static String replace(String page, String part, String text) {
        String begin = "<!-- generated: " + part + " -->\n";
        String end = "<!-- end: " + part + " -->\n";
        int from = page.indexOf(begin) + begin.length();
        int to = page.indexOf(end);
        if (from < begin.length() || to < from) {
            throw new IllegalArgumentException("the page has no place for " + part);
        }
        return page.substring(0, from) + text + page.substring(to);
    }

    private static Map<String, QuorumOptions> columns(int nodes) {
        QuorumOptions defaults = QuorumOptions.DEFAULTS;
        boolean even = nodes % 2 == 0;
        QuorumOptions tieable = even ? defaults : defaults.withWaitForAll();
        Map<String, QuorumOptions> columns = new LinkedHashMap<>();
        columns.put("majority", defaults);
        columns.put("twoNode", defaults.withTwoNode());
        columns.put("tieBreaker LOWEST", tieable.withTieBreaker(TieBreaker.LOWEST));
        columns.put("tieBreaker HIGHEST", tieable.withTieBreaker(TieBreaker.HIGHEST));
        columns.put(
                "waitForAll + lastManStanding",
                defaults.withWaitForAll().withLastManStanding(QuorumOptions.DEFAULT_WINDOW));
        columns.put("device, 1 vote", defaults.withDevice(QuorumDeviceOptions.DEFAULTS.withVotes(1)));
        columns.put("device, nodes - 1 votes", defaults.withDevice(QuorumDeviceOptions.DEFAULTS));
        return columns;
    }

    private static String situations() {
        return new SplitTable(QuorumPage::columns, QuorumPage::cell).text();
    }

    private static String cell(int nodes, QuorumOptions options, List<SortedSet<NodeId>> sides) {
        if (!options.conflicts(OptionSets.nodes(nodes)).isEmpty()) {
            return "not allowed";
        }
        VotequorumCluster split = VotequorumCluster.formed(VotequorumSettings.of(options, OptionSets.nodes(nodes)))
                .split(sides);
        boolean device = options.device().isPresent();
        VotequorumCluster after = device ? split.deviceVotesFor(sides.get(0)) : split;
        return SplitTable.quorate(after.quorateSides());
    }

    private static String exceptions() {
        StringBuilder text =
                new StringBuilder("| Nodes | Options | States | Quorate twice | The shortest way there |\n");
        text.append("|---|---|---|---|---|\n");
        for (int nodes = 2; nodes <= 4; nodes++) {
            int count = nodes;
            OptionSets.allowed(nodes).forEach((name, options) -> {
                Enumeration found = Enumeration.of(count, options, EXCEPTION_DEPTH);
                if (found.quorateTwice() > 0 && !name.contains("allowDownscale")) {
                    text.append("| %d | %s | %d | %d | %s |%n"
                            .formatted(count, name, found.states(), found.quorateTwice(), found.example()));
                }
            });
        }
        return text.toString();
    }
}
