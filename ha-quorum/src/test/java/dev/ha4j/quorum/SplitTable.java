package dev.ha4j.quorum;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.QuorumOptions;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Each split of 2 to 5 nodes in two, by columns of options.
 *
 * @param columns options by name, for a number of nodes; the names are always the same
 * @param cell what comes of one
 */
record SplitTable(IntFunction<Map<String, QuorumOptions>> columns, Cell cell) {

    interface Cell {
        String of(int nodes, QuorumOptions options, List<SortedSet<NodeId>> sides);
    }

    String text() {
        Collection<String> names = columns.apply(2).keySet();
        StringBuilder text = new StringBuilder("| Nodes | Split |");
        names.forEach(name -> text.append(' ').append(name).append(" |"));
        text.append("\n|---|---|").append("---|".repeat(names.size())).append('\n');
        for (int nodes = 2; nodes <= 5; nodes++) {
            for (int low = 1; low < nodes; low++) {
                text.append(row(nodes, low));
            }
        }
        return text.toString();
    }

    private String row(int nodes, int low) {
        List<SortedSet<NodeId>> sides = List.of(range(1, low), range(low + 1, nodes));
        String cells = columns.apply(nodes).values().stream()
                .map(options -> cell.of(nodes, options, sides))
                .collect(Collectors.joining(" | "));
        return "| %d | %s : %s | %s |%n".formatted(nodes, name(sides.get(0)), name(sides.get(1)), cells);
    }

    /** Which sides are quorate, in words. */
    static String quorate(Collection<SortedSet<NodeId>> sides) {
        return sides.isEmpty()
                ? "neither"
                : sides.stream().map(SplitTable::name).collect(Collectors.joining(" and "));
    }

    static SortedSet<NodeId> range(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(NodeId::of).collect(Collectors.toCollection(TreeSet::new));
    }

    static String name(SortedSet<NodeId> side) {
        return side.stream().map(NodeId::toString).collect(Collectors.joining(" "));
    }
}
