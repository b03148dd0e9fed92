package dev.ha4j.conformance.random;

import dev.ha4j.conformance.Difference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Takes elements away for as long as the two schedulers still differ: what is left says why. */
final class Shrinker {
    private final Reference reference;
    private final Difference wanted;

    private Shrinker(Reference reference, Difference wanted) {
        this.reference = reference;
        this.wanted = wanted;
    }

    static void shrink(Xml cib, Reference reference) throws IOException, InterruptedException {
        new Shrinker(reference, Comparison.of(cib, reference).after()).shrink(cib);
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
        return !comparison.refused() && comparison.after().equals(wanted);
    }
}
