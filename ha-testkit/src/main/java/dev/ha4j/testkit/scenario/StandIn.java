package dev.ha4j.testkit.scenario;

import dev.ha4j.api.Term;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.world.NodeProcess;
import java.util.SplittableRandom;

/**
 * Stands in for the application that uses a resource while it is active: looks again and again whether the term is held, and
 * if so writes to the storage a moment later. Where the code under test writes by itself, it only looks.
 */
final class StandIn {

    private static final long EVERY_NANOS = 100_000_000;
    private static final long WRITE_NANOS = 2_000_000;

    private final Term term;
    private final NodeProcess process;
    private final SimulatedStorage storage;
    private final SplittableRandom random;
    private boolean begun;
    private boolean ended;

    StandIn(Term term, NodeProcess process, SimulatedStorage storage, SplittableRandom random) {
        this.term = term;
        this.process = process;
        this.storage = storage;
        this.random = random;
    }

    Term term() {
        return term;
    }

    void begin() {
        if (!begun) {
            begun = true;
            next();
        }
    }

    void end() {
        ended = true;
    }

    private void next() {
        process.later(EVERY_NANOS / 2 + random.nextLong(EVERY_NANOS), this::look);
    }

    private void look() {
        if (ended) {
            return;
        }
        if (term.isHeld()) {
            process.emit(new Event.Held(term.resource(), term.token()));
            process.later(random.nextLong(WRITE_NANOS), this::write);
        } else {
            next();
        }
    }

    private void write() {
        if (!storage.isUsed()) {
            storage.write(process, term.token());
        }
        next();
    }
}
