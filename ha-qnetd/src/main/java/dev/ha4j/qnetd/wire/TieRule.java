package dev.ha4j.qnetd.wire;

import java.util.Collection;
import java.util.Optional;

/**
 * Which of two equal partitions is preferred.
 *
 * @param mode 1 the one with the lowest node, 2 with the highest, 3 with a certain node
 * @param node for mode 3
 */
public record TieRule(int mode, long node) {

    public static final TieRule LOWEST = new TieRule(1, 0);
    public static final TieRule HIGHEST = new TieRule(2, 0);

    public static TieRule node(long id) {
        return new TieRule(3, id);
    }

    static Optional<TieRule> of(int mode, long node) {
        return mode >= 1 && mode <= 3 ? Optional.of(new TieRule(mode, mode == 3 ? node : 0)) : Optional.empty();
    }

    /** The node whose partition is preferred, among all that are configured. */
    public long chosen(Collection<Long> configured) {
        return switch (mode) {
            case 1 -> configured.stream().mapToLong(Long::longValue).min().orElse(0);
            case 2 -> configured.stream().mapToLong(Long::longValue).max().orElse(0);
            default -> node;
        };
    }
}
