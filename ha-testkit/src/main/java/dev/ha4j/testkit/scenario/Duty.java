package dev.ha4j.testkit.scenario;

import dev.ha4j.api.Notice;
import dev.ha4j.api.Term;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.world.NodeProcess;
import dev.ha4j.testkit.world.UserThreads;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * One resource of the user in one process, as the ground truth knows it: in a role from the moment in which its code is told
 * to enter it, until that code has returned from leaving it.
 */
final class Duty {

    /** What is active in a role of its own. */
    enum Kind {
        /** On one node at most. */
        SINGLE,
        /** On several, one of them promoted. */
        PROMOTABLE,
        /** On several alike. */
        SHARED
    }

    /** How long an operation takes to reach the user's code, at most. */
    private static final long CALL_NANOS = 20_000_000;

    private final String name;
    private final NodeProcess process;
    private final UserThreads threads;
    private final Troubles troubles;
    private final SimulatedStorage storage;
    private final SplittableRandom random;
    private boolean running;
    private @Nullable StandIn standIn;

    Duty(String name, NodeProcess process, UserThreads threads, Troubles troubles, SimulatedStorage storage) {
        this.name = name;
        this.process = process;
        this.threads = threads;
        this.troubles = troubles;
        this.storage = storage;
        this.random = process.devicesRandom();
    }

    /** Runs an operation on the user's thread it was called on. */
    <T> T carryOut(OperationName operation, String reason, Callable<T> code) throws Exception {
        String word = operation.name().toLowerCase(Locale.ROOT);
        emit(new Event.OperationBegan(name, word, reason));
        boolean ok = false;
        try {
            threads.rest(random.nextLong(CALL_NANOS));
            troubles.strike(name, operation, process.host().name());
            T result = code.call();
            ok = true;
            return result;
        } finally {
            emit(new Event.OperationEnded(name, word, ok));
        }
    }

    void hears(Notice notice) {
        Event.NoticeHeard.of(name, notice).forEach(this::emit);
    }

    boolean isExclusive() {
        return standIn != null;
    }

    void enterShared() {
        if (!running) {
            running = true;
            emit(new Event.RoleEntered(name, false, 0));
        }
    }

    void exitShared(String cause) {
        if (running) {
            running = false;
            emit(new Event.RoleExited(name, false, cause));
        }
    }

    void enterExclusive(Term term) {
        if (standIn == null || standIn.term().token() != term.token()) {
            standIn = new StandIn(term, process, storage, random);
            emit(new Event.RoleEntered(name, true, term.token()));
        }
    }

    /** The role has been entered: from here on it is used. */
    void beginActing() {
        if (standIn != null) {
            standIn.begin();
        }
    }

    void exitExclusive(String cause) {
        if (standIn != null) {
            standIn.end();
            standIn = null;
            emit(new Event.RoleExited(name, true, cause));
        }
    }

    private void emit(Event event) {
        if (!threads.isClosed()) {
            process.emit(event);
        }
    }
}
