package dev.ha4j.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * At most one side is quorate, whatever happens in whatever order, unless a named option says otherwise. {@code
 * -Dquorum.depth=4} goes deeper than the ordinary build.
 */
class EnumerationTest {

    /** Options that let two sides be quorate; docs/quorum.md shows how. */
    private static final List<String> EXCEPTIONS = List.of("twoNode", "tieBreaker", "lastManStanding");

    static IntStream nodes() {
        return IntStream.rangeClosed(2, 7);
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void atMostOneSideIsQuorate(int nodes) {
        int depth = Integer.getInteger("quorum.depth", ordinaryDepth(nodes));
        OptionSets.allowed(nodes).forEach((name, options) -> {
            Enumeration found = Enumeration.of(nodes, options, depth);
            if (Stream.of(name.split(" ")).noneMatch(EXCEPTIONS::contains)) {
                assertThat(found.quorateTwice())
                        .as(name + " " + found.example())
                        .isZero();
            }
        });
    }

    private static int ordinaryDepth(int nodes) {
        return nodes < 4 ? 4 : nodes == 4 ? 3 : nodes == 5 ? 2 : 1;
    }
}
