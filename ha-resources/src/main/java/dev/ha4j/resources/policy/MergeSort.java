package dev.ha4j.resources.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Q: the merge sort of the reference; some of its comparisons are not transitive, so its way of merging decides. */
final class MergeSort {
    private MergeSort() {}

    static <T> void sort(List<T> list, Comparator<? super T> order) {
        if (list.size() < 2) {
            return;
        }
        List<T> sorted = sorted(list, order);
        for (int i = 0; i < sorted.size(); i++) {
            list.set(i, sorted.get(i));
        }
    }

    private static <T> List<T> sorted(List<T> list, Comparator<? super T> order) {
        if (list.size() < 2) {
            return new ArrayList<>(list);
        }
        int half = list.size() / 2;
        List<T> left = sorted(list.subList(0, half), order);
        List<T> right = sorted(list.subList(half, list.size()), order);
        List<T> merged = new ArrayList<>(list.size());
        int i = 0;
        int j = 0;
        while (i < left.size() && j < right.size()) {
            merged.add(order.compare(left.get(i), right.get(j)) <= 0 ? left.get(i++) : right.get(j++));
        }
        merged.addAll(left.subList(i, left.size()));
        merged.addAll(right.subList(j, right.size()));
        return merged;
    }

    /** Puts the new element before the first that is not less: of equals the latest comes first. */
    static <T> void insert(List<T> list, T element, Comparator<? super T> order) {
        int at = 0;
        while (at < list.size() && order.compare(element, list.get(at)) > 0) {
            at++;
        }
        list.add(at, element);
    }
}
