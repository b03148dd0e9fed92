package dev.ha4j.node.assembly;

import dev.ha4j.api.config.OperationName;
import dev.ha4j.controller.OperationOrder;
import dev.ha4j.controller.OperationOutcome;
import dev.ha4j.runtime.Timer;
import java.util.function.Consumer;

/** One run of an operation, waiting or under way. Lives on the controller's loop. */
final class Job {

    final OperationOrder order;
    private final Consumer<OperationOutcome> done;
    private Timer waiting = () -> {};
    private boolean answered;

    Job(OperationOrder order, Consumer<OperationOutcome> done) {
        this.order = order;
        this.done = done;
    }

    void waitAtMost(Timer timer) {
        waiting = timer;
    }

    void begin() {
        waiting.cancel();
    }

    /** Tells the outcome, unless one was told before. */
    void answer(OperationOutcome outcome) {
        waiting.cancel();
        if (!answered) {
            answered = true;
            done.accept(outcome);
        }
    }

    boolean is(OperationName name) {
        return order.operation() == name;
    }

    /** Whether it makes the resource less active. */
    boolean isEnding() {
        return is(OperationName.STOP) || is(OperationName.DEMOTE);
    }
}
