package dev.ha4j.conformance.random;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Takes elements away for as long as the two schedulers still differ: what is left says why. */
final class Shrinker {
    private final Reference reference;
    private final int level;
    private final Comparison wanted;

    private Shrinker(Reference reference, int level, Comparison wanted) {
        this.reference = reference;
        this.level = level;
        this.wanted = wanted;
    }

    static void shrink(Xml cib, Reference reference, int level) throws IOException, InterruptedException {
        new Shrinker(reference, level, Comparison.of(cib, reference)).shrink(cib);
    }

    private void shrink(Xml cib) throws IOException, InterruptedException {
        boolean smaller = true;
        while (smaller) {
            smaller = shrinkBelow(cib, cib);
        }
    }

    private boolean shrinkBelow(Xml cib, Xml parent) throws IOException, InterruptedException {
        boolean smaller = false;
        for (Xml child : List.copyOf(parent.children)) {
            List<Xml> before = new ArrayList<>(parent.children);
            parent.children.remove(child);
            if (differ(cib)) {
                smaller = true;
            } else {
                parent.children.clear();
                parent.children.addAll(before);
                smaller |= shrinkBelow(cib, child);
            }
        }
        return smaller;
    }

    /** The same difference: another could be there for another reason. */
    private boolean differ(Xml cib) throws IOException, InterruptedException {
        Comparison comparison = Comparison.of(cib, reference);
        return !comparison.refused()
                && comparison.before().equals(wanted.before())
                && comparison.at(level).equals(wanted.at(level));
    }
}
