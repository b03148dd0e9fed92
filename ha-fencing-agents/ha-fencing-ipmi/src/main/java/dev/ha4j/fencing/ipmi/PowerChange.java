package dev.ha4j.fencing.ipmi;

import dev.ha4j.api.ProofLevel;
import dev.ha4j.fencing.Evidence;
import dev.ha4j.fencing.FenceResult;
import dev.ha4j.fencing.PowerState;
import dev.ha4j.fencing.ipmi.BmcSession.PowerOrder;
import dev.ha4j.fencing.ipmi.BmcSession.Reply;
import java.time.Duration;
import java.util.Optional;

/**
 * One action on one BMC, in a session of its own: identify, look, order, look twice. What the BMC answers to an order is
 * never proof; only two readings in a row, a poll apart, are. For one call.
 */
final class PowerChange {

    private static final long LONGEST_POLL_NANOS = Duration.ofMillis(250).toNanos();

    private final IpmiSettings settings;
    private final Connector connector;
    private final IdentityPin pin;
    private final TimeLimit limit;
    private final Observations seen;
    private String identity = "not read";
    private boolean ordered;
    private boolean leftovers;
    private PowerState confirmedState = PowerState.UNKNOWN;

    PowerChange(IpmiSettings settings, Connector connector, IdentityPin pin, TimeLimit limit) {
        this.settings = settings;
        this.connector = connector;
        this.pin = pin;
        this.limit = limit;
        this.seen = new Observations(limit);
    }

    FenceResult off() {
        return inSession(session -> {
            PowerState first = read(session);
            return first == PowerState.OFF
                    ? verify(session, PowerState.OFF, first)
                    : orderAndVerify(session, PowerOrder.OFF, PowerState.OFF);
        });
    }

    /**
     * An off that was sent earlier may still wait in the BMC; if it overtook our on, the node would lose its power after it
     * came back. So the state must hold still for the quiet period first.
     */
    FenceResult on(Duration quietPeriod) {
        return inSession(session -> {
            PowerState first = read(session);
            if (first == PowerState.UNKNOWN || !isSteady(session, first, quietPeriod.toNanos())) {
                return FenceResult.failed("on was not sent: the power state was not seen steady for " + quietPeriod);
            }
            return first == PowerState.ON
                    ? verify(session, PowerState.ON, first)
                    : orderAndVerify(session, PowerOrder.ON, PowerState.ON);
        });
    }

    /** Everything that an off does, with a look in place of the order. */
    FenceResult rehearse() {
        return inSession(session -> {
            PowerState first = read(session);
            return first == PowerState.UNKNOWN
                    ? FenceResult.failed("the BMC does not say whether the power is on")
                    : orderAndVerify(session, PowerOrder.NOTHING, first);
        });
    }

    /** The state that this call has confirmed. */
    PowerState confirmedState() {
        return confirmedState;
    }

    /** Whether a command may still be waiting somewhere. */
    boolean hasLeftovers() {
        return leftovers;
    }

    private FenceResult inSession(Work work) {
        try (BmcSession session = connector.open(limit)) {
            identity = session.identity();
            seen.note("identified " + identity + " with cipher suite "
                    + settings.suite().number());
            Optional<String> objection = pin.objectionTo(identity);
            return objection.isPresent() ? FenceResult.failed(objection.get()) : work.in(session);
        } catch (IpmiException e) {
            return e.isDefinite() && !ordered ? FenceResult.failed(e.reason()) : unknown(e.reason());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unknown("interrupted");
        }
    }

    private FenceResult orderAndVerify(BmcSession session, PowerOrder order, PowerState wanted)
            throws IpmiException, InterruptedException {
        ordered = order != PowerOrder.NOTHING;
        leftovers = ordered;
        Reply reply = session.order(order);
        seen.note("ordered " + order + ": " + reply.explanation());
        if (reply.isDefiniteRefusal()) {
            leftovers = false;
            return FenceResult.failed("the BMC refused to switch " + order + ": " + reply.explanation());
        }
        FenceResult result = verify(session, wanted, read(session));
        leftovers = ordered && (reply.attempts() > 1 || !(result instanceof FenceResult.Confirmed));
        return result;
    }

    private FenceResult verify(BmcSession session, PowerState wanted, PowerState before)
            throws IpmiException, InterruptedException {
        PowerState previous = before;
        for (long pollNanos = settings.pace().firstPoll().toNanos(); !limit.isOver(); pollNanos = longer(pollNanos)) {
            limit.pause(pollNanos);
            PowerState current = read(session);
            if (current == wanted && previous == wanted) {
                return confirmed(wanted);
            }
            previous = current;
        }
        return unknown("the power is " + previous + " instead of " + wanted + " at the end of the time");
    }

    private boolean isSteady(BmcSession session, PowerState first, long quietNanos)
            throws IpmiException, InterruptedException {
        long startNanos = limit.elapsedNanos();
        long pollNanos = Math.min(LONGEST_POLL_NANOS, Math.max(1, quietNanos / 4));
        while (limit.elapsedNanos() - startNanos < quietNanos) {
            if (limit.isOver()) {
                return false;
            }
            limit.pause(pollNanos);
            if (read(session) != first) {
                return false;
            }
        }
        return true;
    }

    private PowerState read(BmcSession session) throws IpmiException, InterruptedException {
        PowerState reading = session.power();
        seen.noteReading(reading);
        return reading;
    }

    private static long longer(long pollNanos) {
        return Math.min(LONGEST_POLL_NANOS, pollNanos * 3 / 2 + 1);
    }

    private FenceResult confirmed(PowerState state) {
        confirmedState = state;
        return FenceResult.confirmed(
                ProofLevel.POWER_VERIFIED,
                new Evidence(settings.deviceId(), identity, seen.conclude("power read as " + state + " again")));
    }

    private FenceResult unknown(String reason) {
        return FenceResult.unknown(ordered ? reason + "; a power command was sent" : reason);
    }

    @FunctionalInterface
    private interface Work {
        FenceResult in(BmcSession session) throws IpmiException, InterruptedException;
    }
}
