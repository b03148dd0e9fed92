package dev.ha4j.node.assembly;

import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.report.FenceReport;
import dev.ha4j.controller.FenceOrder;
import dev.ha4j.fencing.FenceDevice;
import dev.ha4j.fencing.FenceResult;
import dev.ha4j.runtime.EventLoop;
import dev.ha4j.runtime.Workers;
import dev.ha4j.runtime.Workers.Outcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.slf4j.Logger;

/**
 * One fence device with its calls in order, no more at a time than it allows. Fencing goes first: checks that are under way are
 * interrupted for it. Lives on the controller's loop, but for {@link #report}.
 */
final class BoundDevice {

    /** Calls that may wait for a device; the next order to fence fails at once, and is tried again by the cluster. */
    static final int MAX_WAITING = 1_024;

    private static final long POLL_NANOS = 10_000_000;

    private final FenceDevice device;
    private final EventLoop loop;
    private final Workers workers;
    private final Logger log;
    private final PathChecks checks;
    private final ArrayDeque<Call<?>> waiting = new ArrayDeque<>();
    private final List<Call<?>> underWay = new ArrayList<>();

    BoundDevice(FenceDevice device, EventLoop loop, Workers workers, Logger log, PathChecks checks) {
        this.device = device;
        this.loop = loop;
        this.workers = workers;
        this.log = log;
        this.checks = checks;
    }

    boolean targets(String node) {
        return device.targets().contains(node);
    }

    void off(FenceOrder order, Consumer<FenceResult> done) {
        if (waiting.size() >= MAX_WAITING) {
            done.accept(FenceResult.failed("too many calls wait for device " + device.id()));
            return;
        }
        waiting.addFirst(new Call<>(
                "fence-" + device.id(),
                order.timeout(),
                () -> off(order),
                outcome -> done.accept(judge(outcome)),
                Optional.empty()));
        underWay.forEach(Call::giveWay);
        runNext();
    }

    /** On a worker thread. */
    private FenceResult off(FenceOrder order) {
        return order.mayAct().getAsBoolean()
                ? device.off(FenceRunner.request(order, loop))
                : FenceResult.failed("this node lost the right to fence before the command was given");
    }

    private FenceResult judge(Outcome<FenceResult> outcome) {
        if (outcome instanceof Outcome.Done<FenceResult> done) {
            return done.result();
        }
        if (outcome instanceof Outcome.Failed<FenceResult> failed) {
            log.warn("fence device {} threw", device.id(), failed.error());
            return FenceResult.unknown("device " + device.id() + " threw " + failed.error());
        }
        return FenceResult.unknown("device " + device.id() + " didn't answer in time");
    }

    /** Goes through the path to a node now, and again and again. */
    void check(NodeSpec target) {
        if (waiting.size() >= MAX_WAITING) {
            check(target, PathChecks.SOON);
            return;
        }
        waiting.addLast(new Call<>(
                "check-" + device.id(),
                device.timeout(),
                () -> checks.goThrough(target),
                outcome -> check(target, checks.found(target, outcome)),
                Optional.of(() -> check(target, PathChecks.SOON))));
        runNext();
    }

    private void check(NodeSpec target, Duration wait) {
        loop.schedule(wait.toNanos(), () -> check(target));
    }

    private void runNext() {
        while (underWay.size() < device.maxConcurrent() && !waiting.isEmpty()) {
            Call<?> call = waiting.remove();
            underWay.add(call);
            call.begin();
        }
    }

    private void ended(Call<?> call) {
        if (call.isRunning()) {
            loop.schedule(POLL_NANOS, () -> ended(call)); // it hangs, and keeps its place
        } else {
            underWay.remove(call);
            runNext();
        }
    }

    FenceReport report() {
        return new FenceReport(device.id(), new TreeSet<>(device.targets()), device.proofLevel(), checks.last());
    }

    private final class Call<T> {
        private final String name;
        private final Duration timeout;
        private final Callable<T> work;
        private final Consumer<Outcome<T>> done;
        private final Optional<Runnable> ifGivenWay;
        private Optional<Workers.Task> task = Optional.empty();
        private boolean gaveWay;

        /** @param ifGivenWay takes the place of {@code done} if it was interrupted; empty for what is not */
        Call(
                String name,
                Duration timeout,
                Callable<T> work,
                Consumer<Outcome<T>> done,
                Optional<Runnable> ifGivenWay) {
            this.name = name;
            this.timeout = timeout;
            this.work = work;
            this.done = done;
            this.ifGivenWay = ifGivenWay;
        }

        void begin() {
            task = Optional.of(workers.run(name, timeout, work, outcome -> loop.execute(() -> over(outcome))));
        }

        private void over(Outcome<T> outcome) {
            if (gaveWay) {
                ifGivenWay.ifPresent(Runnable::run);
            } else {
                done.accept(outcome);
            }
            ended(this);
        }

        void giveWay() {
            gaveWay = ifGivenWay.isPresent();
            if (gaveWay) {
                task.ifPresent(Workers.Task::cancel);
            }
        }

        boolean isRunning() {
            return task.filter(Workers.Task::isRunning).isPresent();
        }
    }
}
