package dev.ha4j.testkit.check;

import dev.ha4j.testkit.trace.TraceRecord;
import java.util.Comparator;

/** One life of one node. */
record LifeId(int node, int life) implements Comparable<LifeId> {

    private static final Comparator<LifeId> ORDER =
            Comparator.comparingInt(LifeId::node).thenComparingInt(LifeId::life);

    static LifeId of(TraceRecord step) {
        return new LifeId(step.node(), step.life());
    }

    @Override
    public int compareTo(LifeId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "n" + node + "#" + life;
    }
}
