package dev.ha4j.testkit.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Zeller and Hildebrandt's ddmin: makes a list smaller by leaving out parts, ever finer ones, for as long as the rest still has
 * what is looked for. In the end no single element can be left out, unless the search was given up.
 */
public final class DeltaDebugging {

    private DeltaDebugging() {}

    /**
     * The smallest part that was found; of an empty list nothing is tried.
     *
     * @param stillHasIt whether what is looked for is in a part, too
     */
    public static <T> List<T> minimize(List<T> all, Predicate<List<T>> stillHasIt) {
        List<T> smallest = all;
        if (!all.isEmpty() && stillHasIt.test(List.of())) {
            return List.of();
        }
        int parts = 2;
        while (smallest.size() >= 2) {
            List<T> smaller = withoutOnePart(smallest, Math.min(parts, smallest.size()), stillHasIt);
            if (smaller.size() < smallest.size()) {
                smallest = smaller;
                parts = Math.max(2, parts - 1);
            } else if (parts >= smallest.size()) {
                break;
            } else {
                parts *= 2;
            }
        }
        return smallest;
    }

    /** The first smaller list that still has it; the same list if there is none. */
    private static <T> List<T> withoutOnePart(List<T> list, int parts, Predicate<List<T>> stillHasIt) {
        for (int part = 0; part < parts; part++) {
            int from = part * list.size() / parts;
            int to = (part + 1) * list.size() / parts;
            List<T> rest = new ArrayList<>(list.subList(0, from));
            rest.addAll(list.subList(to, list.size()));
            if (!rest.isEmpty() && stillHasIt.test(rest)) {
                return rest;
            }
        }
        return list;
    }
}
