package dev.ha4j.testkit.world;

import dev.ha4j.api.Term;
import dev.ha4j.testkit.trace.Event;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The last terms that a process was given, also those that are over: whoever keeps one may ask whether it is held. */
final class TermWatch {

    private static final int MAX_TERMS = 24;

    private final NodeProcess process;
    private final Deque<Watched> terms = new ArrayDeque<>();

    TermWatch(NodeProcess process) {
        this.process = process;
    }

    void add(String resource, Term term) {
        terms.addLast(new Watched(resource, term));
        if (terms.size() > MAX_TERMS) {
            terms.removeFirst();
        }
    }

    /** What threads find that look now. */
    void look() {
        terms.forEach(this::look);
    }

    private void look(Watched watched) {
        boolean held = watched.term.isHeld();
        if (held) {
            process.emit(new Event.Held(watched.resource, watched.term.token()));
        } else if (!watched.lastSeenHeld.equals(Optional.of(false))) {
            process.emit(new Event.NotHeld(watched.resource, watched.term.token()));
        }
        watched.lastSeenHeld = Optional.of(held);
    }

    private static final class Watched {
        private final String resource;
        private final Term term;
        private Optional<Boolean> lastSeenHeld = Optional.empty();

        Watched(String resource, Term term) {
            this.resource = resource;
            this.term = term;
        }
    }
}
