package dev.ha4j.fencing.ipmi.testkit;

import dev.ha4j.fencing.ipmi.wire.CompletionCode;
import java.time.Duration;
import java.util.Optional;

/** The ways in which a simulated BMC can misbehave. Each may be switched at any time, by any thread. */
public final class BmcFaults {

    private volatile boolean unreachable;
    private volatile boolean ignoresOrders;
    private volatile boolean flickers;
    private volatile boolean losesOrderAnswers;
    private volatile int orderCompletionCode = CompletionCode.OK;
    private volatile Duration orderDelay = Duration.ZERO;
    private volatile Duration effectDelay = Duration.ZERO;
    private volatile Optional<Boolean> claimedPower = Optional.empty();
    private volatile Optional<String> assumedGuid = Optional.empty();

    BmcFaults() {}

    /** Datagrams are swallowed. */
    public void unreachable(boolean on) {
        unreachable = on;
    }

    /** Power orders are answered well and not carried out. */
    public void ignoresOrders(boolean on) {
        ignoresOrders = on;
    }

    /** Power orders are answered with an error that leaves open what happened. */
    public void failsOrders() {
        orderCompletionCode = CompletionCode.UNSPECIFIED;
    }

    /** Power orders are refused for certain. */
    public void refusesOrders() {
        orderCompletionCode = CompletionCode.INVALID_COMMAND;
    }

    /** The whole BMC stands still for this long at each power order; what arrives meanwhile waits and is then served. */
    public void slowOrders(Duration delay) {
        orderDelay = delay;
    }

    /** Power orders are answered at once and carried out this much later. */
    public void lateOrders(Duration delay) {
        effectDelay = delay;
    }

    /** Power orders are carried out, and the answers to them get lost. */
    public void losesOrderAnswers(boolean on) {
        losesOrderAnswers = on;
    }

    /** The power is reported as this, whatever it is. */
    public void claimsPower(boolean on) {
        claimedPower = Optional.of(on);
    }

    /** Every other reading of the power says off, whatever it is. */
    public void flickers(boolean on) {
        flickers = on;
    }

    /** The BMC calls itself by another GUID (32 hexadecimal digits), as after a swap of addresses. */
    public void assumesGuid(String guid) {
        assumedGuid = Optional.of(guid);
    }

    /** Ends all misbehaviour. */
    public void clear() {
        unreachable = false;
        ignoresOrders = false;
        flickers = false;
        losesOrderAnswers = false;
        orderCompletionCode = CompletionCode.OK;
        orderDelay = Duration.ZERO;
        effectDelay = Duration.ZERO;
        claimedPower = Optional.empty();
        assumedGuid = Optional.empty();
    }

    boolean isUnreachable() {
        return unreachable;
    }

    boolean isIgnoringOrders() {
        return ignoresOrders;
    }

    boolean isFlickering() {
        return flickers;
    }

    boolean isLosingOrderAnswers() {
        return losesOrderAnswers;
    }

    int orderCompletionCode() {
        return orderCompletionCode;
    }

    Duration orderDelay() {
        return orderDelay;
    }

    Duration effectDelay() {
        return effectDelay;
    }

    Optional<Boolean> claimedPower() {
        return claimedPower;
    }

    Optional<String> assumedGuid() {
        return assumedGuid;
    }
}
