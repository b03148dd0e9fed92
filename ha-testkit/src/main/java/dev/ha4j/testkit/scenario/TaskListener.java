package dev.ha4j.testkit.scenario;

import dev.ha4j.api.LeadershipListener;
import dev.ha4j.api.LeadershipTask;
import dev.ha4j.api.Term;
import java.util.Optional;

/** Runs a task for as long as its node leads. */
final class TaskListener implements LeadershipListener {

    private final LeadershipTask task;
    private Optional<AutoCloseable> begun = Optional.empty();

    TaskListener(LeadershipTask task) {
        this.task = task;
    }

    @Override
    public void granted(Term term) throws Exception {
        begun = Optional.of(task.begin(term));
    }

    @Override
    public void revoked(Term term) throws Exception {
        Optional<AutoCloseable> ending = begun;
        begun = Optional.empty();
        if (ending.isPresent()) {
            ending.get().close();
        }
    }
}
