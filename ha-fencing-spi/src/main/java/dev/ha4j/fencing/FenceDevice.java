package dev.ha4j.fencing;

import dev.ha4j.api.config.FenceDeviceSpec;
import java.util.List;

/**
 * Takes the power (or the access) from a lost node. Methods are called on worker threads, one at a time per device unless
 * {@link #maxConcurrent()} says more; they may block until the request's deadline, and may be interrupted at it. Retries are
 * the caller's: a device sends a command again only if it is idempotent. A thrown exception counts as
 * {@link FenceResult.Unknown}.
 *
 * <p>The kit in {@code dev.ha4j.fencing.kit} says whether a device keeps these rules.
 */
public interface FenceDevice extends FenceDeviceSpec, AutoCloseable {

    /**
     * Makes sure that the target is off. {@link FenceResult.Confirmed} only after the target was identified and read as off
     * twice, at least a poll apart; also when it was off already.
     */
    FenceResult off(FenceRequest request);

    /** Switches the target on; a device that can't answers {@link FenceResult.Failed}. */
    default FenceResult on(FenceRequest request) {
        return FenceResult.failed("device " + id() + " can't switch on");
    }

    /** Reads the target's state, without changing it. */
    PowerState status(FenceRequest request);

    /**
     * Goes through all that {@link #off} needs but the command itself (login, privileges, identity of each target), so that a
     * broken path is seen before it is needed, and a first use is as fast as a later one.
     *
     * @return what is wrong, empty if nothing is
     */
    List<String> check(FenceRequest request);

    /** Calls that may be under way at one time. */
    default int maxConcurrent() {
        return 1;
    }

    @Override
    default void close() {}
}
