package dev.ha4j.node.assembly;

import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.report.PathCheck;
import dev.ha4j.fencing.FenceDevice;
import dev.ha4j.fencing.FenceRequest;
import dev.ha4j.runtime.NanoClock;
import dev.ha4j.runtime.Workers.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/** What is known of the ways to fence others by one device: each was gone through, dated and timed. Any thread. */
final class PathChecks {

    /** Until a proven path is gone through again ({@code monitor} of a stonith resource). */
    static final Duration AFTER_PROOF = Duration.ofHours(1);

    /** Until a path that has problems, or had to wait for a fencing, is gone through again. */
    static final Duration SOON = Duration.ofMinutes(1);

    private final FenceDevice device;
    private final NanoClock clock;
    private final LongSupplier wallMillis;
    private final Logger log;
    private final Map<String, PathCheck> last = new ConcurrentSkipListMap<>();

    PathChecks(FenceDevice device, NanoClock clock, LongSupplier wallMillis, Logger log) {
        this.device = device;
        this.clock = clock;
        this.wallMillis = wallMillis;
        this.log = log;
    }

    /** On a worker thread. */
    PathCheck goThrough(NodeSpec target) {
        long begunNanos = clock.nanoTime();
        long deadlineNanos = begunNanos + device.timeout().toNanos();
        var limit = new RevocableDeadline(clock, deadlineNanos, () -> true);
        List<String> problems =
                device.check(new FenceRequest(0, target.id(), target.name(), Optional.empty(), 1, limit));
        return check(target, Duration.ofNanos(clock.nanoTime() - begunNanos), problems);
    }

    /** Keeps what was found, and says when to look again. */
    Duration found(NodeSpec target, Outcome<PathCheck> outcome) {
        PathCheck check = result(target, outcome);
        PathCheck before = last.put(target.name(), check);
        boolean news = before == null || !before.problems().equals(check.problems());
        if (news && !check.isProven()) {
            log.warn("fence device {} can't be relied on for {}: {}", device.id(), target.name(), check.problems());
        } else if (news) {
            log.info(
                    "the path to {} by {} is proven, in {} ms",
                    target.name(),
                    device.id(),
                    check.took().toMillis());
        }
        return check.isProven() ? AFTER_PROOF : SOON;
    }

    private PathCheck result(NodeSpec target, Outcome<PathCheck> outcome) {
        if (outcome instanceof Outcome.Done<PathCheck> done) {
            return done.result();
        }
        String problem = outcome instanceof Outcome.Failed<PathCheck> failed
                ? "the check threw " + failed.error()
                : "the check didn't end in time";
        return check(target, device.timeout(), List.of(problem));
    }

    private PathCheck check(NodeSpec target, Duration took, List<String> problems) {
        return new PathCheck(target.name(), Instant.ofEpochMilli(wallMillis.getAsLong()), took, problems);
    }

    List<PathCheck> last() {
        return List.copyOf(last.values());
    }
}
