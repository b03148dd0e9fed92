package dev.ha4j.resources;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects why things can't be done, each reason once. */
final class Blockages {

    private final Set<Blockage> all = new LinkedHashSet<>();

    void add(String resource, String reason) {
        all.add(new Blockage(resource, reason));
    }

    List<Blockage> list() {
        return new ArrayList<>(all);
    }
}
