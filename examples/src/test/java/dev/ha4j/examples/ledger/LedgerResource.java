package dev.ha4j.examples.ledger;

import dev.ha4j.api.Health;
import dev.ha4j.api.OperationContext;
import dev.ha4j.api.Resource;
import dev.ha4j.api.Term;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A resource as an application writes it: it closes the day's books, entry by entry, on one node at a time. It knows nothing of
 * tests; what it needs of the world is handed to it.
 */
final class LedgerResource implements Resource {

    /** Where entries go; refuses them if their token is old. */
    interface Book {
        boolean append(long token);
    }

    private final Book book;
    private final ScheduledExecutorService threads;
    private volatile boolean refused;
    private volatile ScheduledFuture<?> writing;

    LedgerResource(Book book, ScheduledExecutorService threads) {
        this.book = book;
        this.threads = threads;
    }

    @Override
    public void start(OperationContext operation) {
        Term term = operation.term();
        refused = false;
        writing = threads.scheduleWithFixedDelay(() -> write(term), 0, 100, TimeUnit.MILLISECONDS);
    }

    private void write(Term term) {
        if (term.isHeld() && !book.append(term.token())) {
            refused = true;
        }
    }

    @Override
    public void stop(OperationContext operation) {
        if (writing != null) {
            writing.cancel(false);
        }
    }

    @Override
    public Health monitor(OperationContext operation) {
        if (writing == null || writing.isDone()) {
            return Health.NOT_RUNNING;
        }
        return refused ? Health.failed("the book refuses entries") : Health.RUNNING;
    }
}
