package dev.ha4j.node.assembly;

import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.report.FenceReport;
import dev.ha4j.controller.FenceOrder;
import dev.ha4j.fencing.FenceDevice;
import dev.ha4j.fencing.FenceRequest;
import dev.ha4j.fencing.FenceResult;
import dev.ha4j.runtime.EventLoop;
import dev.ha4j.runtime.Workers;
import dev.ha4j.runtime.Workers.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One fence device with its calls in order, no more at a time than it allows; fencing goes before checks. Lives on the
 * controller's loop, but for {@link #report}.
 */
final class BoundDevice {

    /** Calls that may wait for a device; the next order to fence fails at once, and is tried again by the cluster. */
    static final int MAX_WAITING = 1_024;

    private static final Logger LOG = LoggerFactory.getLogger(BoundDevice.class);
    private static final long POLL_NANOS = 10_000_000;

    private final FenceDevice device;
    private final EventLoop loop;
    private final Workers workers;
    private final ArrayDeque<Supplier<Workers.Task>> waiting = new ArrayDeque<>();
    private final Map<String, List<String>> findings = new ConcurrentSkipListMap<>();
    private int underWay;

    BoundDevice(FenceDevice device, EventLoop loop, Workers workers) {
        this.device = device;
        this.loop = loop;
        this.workers = workers;
    }

    boolean targets(String node) {
        return device.targets().contains(node);
    }

    void off(FenceOrder order, Consumer<FenceResult> done) {
        if (waiting.size() >= MAX_WAITING) {
            done.accept(FenceResult.failed("too many calls wait for device " + device.id()));
            return;
        }
        waiting.addFirst(() -> workers.run(
                "fence-" + device.id(),
                order.timeout(),
                () -> off(order),
                outcome -> loop.execute(() -> done.accept(judge(outcome)))));
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
            LOG.warn("fence device {} threw", device.id(), failed.error());
            return FenceResult.unknown("device " + device.id() + " threw " + failed.error());
        }
        return FenceResult.unknown("device " + device.id() + " didn't answer in time");
    }

    void check(NodeSpec target) {
        if (waiting.size() >= MAX_WAITING) {
            return;
        }
        waiting.addLast(() -> workers.run(
                "check-" + device.id(),
                device.timeout(),
                () -> device.check(checkRequest(target)),
                outcome -> loop.execute(() -> found(target, outcome))));
        runNext();
    }

    private FenceRequest checkRequest(NodeSpec target) {
        long deadline = loop.clock().nanoTime() + device.timeout().toNanos();
        var limit = new RevocableDeadline(loop.clock(), deadline, () -> true);
        return new FenceRequest(0, target.id(), target.name(), Optional.empty(), 1, limit);
    }

    private void found(NodeSpec target, Outcome<List<String>> outcome) {
        List<String> problems = List.of("the check didn't end in time");
        if (outcome instanceof Outcome.Done<List<String>> done) {
            problems = done.result();
        } else if (outcome instanceof Outcome.Failed<List<String>> failed) {
            problems = List.of("the check threw " + failed.error());
        }
        if (!problems.isEmpty()) {
            LOG.warn("fence device {} can't be relied on for {}: {}", device.id(), target.name(), problems);
        }
        findings.put(
                target.name(),
                problems.stream().map(problem -> target.name() + ": " + problem).toList());
    }

    private void runNext() {
        while (underWay < device.maxConcurrent() && !waiting.isEmpty()) {
            underWay++;
            release(waiting.remove().get());
        }
    }

    /** A call that hangs keeps its place. */
    private void release(Workers.Task task) {
        loop.schedule(POLL_NANOS, () -> {
            if (task.isRunning()) {
                release(task);
            } else {
                underWay--;
                runNext();
            }
        });
    }

    FenceReport report() {
        List<String> problems = new ArrayList<>();
        Collection<List<String>> found = findings.values();
        found.forEach(problems::addAll);
        TreeSet<String> targets = new TreeSet<>(device.targets());
        return new FenceReport(device.id(), targets, device.proofLevel(), !findings.isEmpty(), problems);
    }
}
