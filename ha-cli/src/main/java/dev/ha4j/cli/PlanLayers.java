package dev.ha4j.cli;

import dev.ha4j.resources.policy.Plan;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * Where the steps of a plan stand in a picture: each in a layer below all it waits for, and within its layer near those (layered drawing after Sugiyama, with barycentres). Arrows that follow from others are left out.
 */
final class PlanLayers {
    private static final int SWEEPS = 8;

    private final List<List<Integer>> after = new ArrayList<>();
    private final List<List<Integer>> before = new ArrayList<>();
    private final int[] layer;
    private final double[] place;
    private final List<List<Integer>> layers = new ArrayList<>();

    PlanLayers(Plan plan) {
        int count = plan.steps().size();
        layer = new int[count];
        place = new double[count];
        for (int i = 0; i < count; i++) {
            after.add(new ArrayList<>(plan.steps().get(i).after()));
            before.add(new ArrayList<>());
        }
        List<Integer> order = topological();
        dropImplied(order);
        for (int i = 0; i < count; i++) {
            for (int first : after.get(i)) {
                before.get(first).add(i);
            }
        }
        layer(order);
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            sweep(sweep % 2 == 0);
        }
    }

    /** From top to bottom, and each from left to right. */
    List<List<Integer>> layers() {
        return layers;
    }

    /** What a step waits for, without what these wait for already. */
    List<Integer> after(int step) {
        return after.get(step);
    }

    /** A plan has no circles; if one is there all the same, its arrows back are not followed. */
    private List<Integer> topological() {
        List<Integer> order = new ArrayList<>();
        BitSet seen = new BitSet();
        for (int i = 0; i < after.size(); i++) {
            visit(i, seen, order);
        }
        return order;
    }

    private void visit(int start, BitSet seen, List<Integer> order) {
        List<int[]> stack = new ArrayList<>();
        if (seen.get(start)) {
            return;
        }
        seen.set(start);
        stack.add(new int[] {start, 0});
        while (!stack.isEmpty()) {
            int[] top = stack.get(stack.size() - 1);
            if (top[1] == after.get(top[0]).size()) {
                order.add(top[0]);
                stack.remove(stack.size() - 1);
                continue;
            }
            int next = after.get(top[0]).get(top[1]++);
            if (!seen.get(next)) {
                seen.set(next);
                stack.add(new int[] {next, 0});
            }
        }
    }

    private void dropImplied(List<Integer> order) {
        BitSet[] reach = new BitSet[after.size()];
        for (int step : order) {
            BitSet indirect = new BitSet();
            BitSet all = new BitSet();
            for (int first : after.get(step)) {
                all.set(first);
                if (reach[first] != null) {
                    indirect.or(reach[first]);
                }
            }
            after.get(step).removeIf(indirect::get);
            all.or(indirect);
            reach[step] = all;
        }
    }

    private void layer(List<Integer> order) {
        for (int step : order) {
            int furthest = -1;
            for (int first : after.get(step)) {
                furthest = Math.max(furthest, layer[first]);
            }
            layer[step] = furthest + 1;
            while (layers.size() <= layer[step]) {
                layers.add(new ArrayList<>());
            }
            layers.get(layer[step]).add(step);
        }
        number();
    }

    private void number() {
        for (List<Integer> steps : layers) {
            for (int i = 0; i < steps.size(); i++) {
                place[steps.get(i)] = i;
            }
        }
    }

    private void sweep(boolean forward) {
        for (int i = 0; i < layers.size(); i++) {
            List<Integer> steps = layers.get(forward ? i : layers.size() - 1 - i);
            double[] wish = new double[place.length];
            for (int step : steps) {
                List<Integer> near = forward ? after.get(step) : before.get(step);
                wish[step] = near.stream()
                        .mapToDouble(other -> place[other])
                        .average()
                        .orElse(place[step]);
            }
            steps.sort(Comparator.comparingDouble(step -> wish[step]));
            for (int j = 0; j < steps.size(); j++) {
                place[steps.get(j)] = j;
            }
        }
    }
}
