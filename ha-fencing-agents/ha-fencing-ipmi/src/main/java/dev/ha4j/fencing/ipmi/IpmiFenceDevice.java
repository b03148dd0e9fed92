package dev.ha4j.fencing.ipmi;

import dev.ha4j.api.ProofLevel;
import dev.ha4j.fencing.FenceDevice;
import dev.ha4j.fencing.FenceRequest;
import dev.ha4j.fencing.FenceResult;
import dev.ha4j.fencing.PowerState;
import dev.ha4j.fencing.ipmi.wire.CipherSuite;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Switches one node's power through its BMC, by IPMI 2.0 over RMCP+ (suites 17 and 3). {@link Ipmi#device} makes one; the
 * methods that change an option answer a new device.
 *
 * <p>Each call opens a session of its own and closes it: a session kept open would occupy one of the few that a BMC has,
 * for every node of the cluster, and would cost a timeout when the BMC has quietly dropped it. {@link #check} goes
 * the same way through the same code, with a look in place of the order, so that the first fence is hardly slower than later
 * ones.
 *
 * <p>Calls block, on the calling thread and on no other, until the request's deadline at the longest; an interrupt ends
 * them with {@link FenceResult.Unknown}. Calls of several threads are served one after the other. Source: IPMI 2.0
 * revision 1.1, chapters 13, 22 and 28.
 */
public final class IpmiFenceDevice implements FenceDevice {

    private static final Logger log = LoggerFactory.getLogger(IpmiFenceDevice.class);

    private final IpmiSettings settings;
    private final Connector connector;
    private final IdentityPin pin;
    private final ReentrantLock oneWriter = new ReentrantLock();
    /** Whether a command may still wait in the BMC; guarded by {@link #oneWriter}. */
    private boolean leftovers;

    IpmiFenceDevice(IpmiSettings settings) {
        this.settings = settings;
        this.connector = new Connector(settings);
        this.pin = new IdentityPin(settings.identity());
    }

    /** The UDP port; default 623. */
    public IpmiFenceDevice port(int port) {
        return new IpmiFenceDevice(settings.withPort(port));
    }

    /**
     * The cipher suite by its number; default 17. Use 3 for a BMC that doesn't offer 17.
     *
     * @throws IllegalArgumentException for all other suites, which lack authentication, integrity or encryption
     */
    public IpmiFenceDevice cipherSuite(int number) {
        return new IpmiFenceDevice(settings.withSuite(CipherSuite.numbered(number)));
    }

    /** The privilege level of the sessions; default {@link Privilege#ADMINISTRATOR}. */
    public IpmiFenceDevice privilege(Privilege privilege) {
        return new IpmiFenceDevice(settings.withPrivilege(Objects.requireNonNull(privilege, "privilege")));
    }

    /** The BMC key (Kg), for a BMC that has one set besides the users' passwords; at most 20 bytes. */
    public IpmiFenceDevice bmcKey(Secret key) {
        return new IpmiFenceDevice(settings.withBmcKey(Objects.requireNonNull(key, "key")));
    }

    /**
     * Pins the machine: the GUID in the order of its bytes on the wire, as the evidence of a fence and the message about
     * a wrong machine show it; case and dashes don't matter. Without a pin, the first identity seen is held on to.
     */
    public IpmiFenceDevice identity(String guid) {
        return new IpmiFenceDevice(settings.withIdentity(normalized(guid)));
    }

    /** Keeps the dash of a make that stands in for a GUID. */
    private static String normalized(String identity) {
        String lower = identity.toLowerCase(Locale.ROOT);
        return lower.startsWith("device-") ? lower : lower.replace("-", "");
    }

    /** How often to send one message (default 3), and how long to wait for each answer (default 1 s). */
    public IpmiFenceDevice tries(int tries, Duration perTry) {
        IpmiSettings.Pace pace = settings.pace();
        return new IpmiFenceDevice(
                settings.withPace(new IpmiSettings.Pace(tries, perTry, pace.perAction(), pace.firstPoll())));
    }

    /** The time for one action, 20 s by default; a request's deadline may end it sooner. */
    public IpmiFenceDevice timeout(Duration perAction) {
        IpmiSettings.Pace pace = settings.pace();
        return new IpmiFenceDevice(
                settings.withPace(new IpmiSettings.Pace(pace.tries(), pace.perTry(), perAction, pace.firstPoll())));
    }

    /** The time between the first two looks at the power, 5 ms by default; it grows to 250 ms while nothing happens. */
    public IpmiFenceDevice firstPoll(Duration firstPoll) {
        IpmiSettings.Pace pace = settings.pace();
        return new IpmiFenceDevice(
                settings.withPace(new IpmiSettings.Pace(pace.tries(), pace.perTry(), pace.perAction(), firstPoll)));
    }

    @Override
    public String id() {
        return settings.deviceId();
    }

    @Override
    public Set<String> targets() {
        return Set.of(settings.target());
    }

    @Override
    public ProofLevel proofLevel() {
        return ProofLevel.POWER_VERIFIED;
    }

    @Override
    public Duration timeout() {
        return settings.pace().perAction();
    }

    @Override
    public FenceResult off(FenceRequest request) {
        return logged("off", perform(request, this::off));
    }

    private FenceResult off(PowerChange change) {
        FenceResult result = change.off();
        leftovers |= change.hasLeftovers();
        return result;
    }

    /**
     * Switches the target on, in a fresh session that has seen the power steady; after a command whose answer is missing it
     * has to be steady for longer than that command can still be under way.
     */
    @Override
    public FenceResult on(FenceRequest request) {
        return logged("on", perform(request, change -> on(change, request.attempt() > 1)));
    }

    private FenceResult on(PowerChange change, boolean repeated) {
        IpmiSettings.Pace pace = settings.pace();
        FenceResult result = change.on(leftovers || repeated ? pace.quietPeriod() : pace.firstPoll());
        leftovers = change.hasLeftovers() || (leftovers && !(result instanceof FenceResult.Confirmed));
        return result;
    }

    /** Identifies the machine and reads its power twice; unknown unless both readings agree. */
    @Override
    public PowerState status(FenceRequest request) {
        return perform(request, PowerChange::rehearse).state();
    }

    @Override
    public List<String> check(FenceRequest request) {
        FenceResult result = perform(request, PowerChange::rehearse).result();
        if (result instanceof FenceResult.Failed failed) {
            return List.of(failed.reason());
        }
        return result instanceof FenceResult.Unknown unknown ? List.of(unknown.reason()) : List.of();
    }

    private Outcome perform(FenceRequest request, Function<PowerChange, FenceResult> action) {
        if (!request.targetName().equals(settings.target())) {
            return new Outcome(FenceResult.failed(this + " is not wired to node " + request.targetName()));
        }
        TimeLimit limit = new TimeLimit(request.deadline(), settings.pace());
        try {
            if (!oneWriter.tryLock(limit.remainingNanos(), TimeUnit.NANOSECONDS)) {
                return new Outcome(FenceResult.unknown("an earlier call to " + this + " is still under way"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome(FenceResult.unknown("interrupted"));
        }
        try {
            PowerChange change = new PowerChange(settings, connector, pin, limit);
            return new Outcome(action.apply(change), change.confirmedState());
        } finally {
            oneWriter.unlock();
        }
    }

    private FenceResult logged(String order, Outcome outcome) {
        log.debug("{} {}: {}", settings.target(), order, outcome.result());
        return outcome.result();
    }

    @Override
    public String toString() {
        return "IPMI device " + id() + " at " + settings.host() + ":" + settings.port();
    }

    private record Outcome(FenceResult result, PowerState state) {

        Outcome(FenceResult result) {
            this(result, PowerState.UNKNOWN);
        }
    }
}
