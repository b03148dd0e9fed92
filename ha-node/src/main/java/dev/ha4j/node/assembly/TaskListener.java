package dev.ha4j.node.assembly;

import dev.ha4j.api.LeadershipListener;
import dev.ha4j.api.LeadershipTask;
import dev.ha4j.api.Term;

/** Runs a task for as long as its node leads. */
final class TaskListener implements LeadershipListener {

    private static final AutoCloseable NOTHING = () -> {};

    private final LeadershipTask task;
    private AutoCloseable begun = NOTHING;

    TaskListener(LeadershipTask task) {
        this.task = task;
    }

    @Override
    public synchronized void granted(Term term) throws Exception {
        begun = task.begin(term);
    }

    @Override
    public synchronized void revoked(Term term) throws Exception {
        begun.close();
        begun = NOTHING;
    }
}
