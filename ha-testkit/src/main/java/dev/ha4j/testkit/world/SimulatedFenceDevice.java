package dev.ha4j.testkit.world;

import dev.ha4j.api.Incarnation;
import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.config.FencePath;
import dev.ha4j.fencing.Evidence;
import dev.ha4j.fencing.FenceDevice;
import dev.ha4j.fencing.FenceRequest;
import dev.ha4j.fencing.FenceResult;
import dev.ha4j.fencing.PowerState;
import dev.ha4j.testkit.trace.Event;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** A power switch of one host or several, as one node's process reaches it. */
final class SimulatedFenceDevice implements FenceDevice {

    private static final long PROMPT_NANOS = 20_000_000;

    private final FencePath path;
    private final NodeProcess user;
    private final World world;
    private final SplittableRandom random;

    SimulatedFenceDevice(FencePath path, NodeProcess user, World world, SplittableRandom random) {
        this.path = path;
        this.user = user;
        this.world = world;
        this.random = random;
    }

    @Override
    public String id() {
        return path.deviceId();
    }

    @Override
    public Set<String> targets() {
        return path.targets();
    }

    @Override
    public ProofLevel proofLevel() {
        return path.proofLevel();
    }

    @Override
    public Duration timeout() {
        return path.timeout();
    }

    @Override
    public FenceResult off(FenceRequest request) {
        Host target = world.host(request.target());
        FenceBehaviour behaviour = target.fenceBehaviour();
        world.emit(
                user,
                new Event.FenceCommand(
                        target.id(),
                        id(),
                        behaviour.name(),
                        request.incarnation().map(Incarnation::toString).orElse("")));
        FenceResult result = carryOut(behaviour, target);
        world.atEndOfTask(() -> world.emit(
                user,
                new Event.FenceAnswer(
                        target.id(),
                        id(),
                        result.getClass().getSimpleName(),
                        world.isOver(target, request.incarnation()))));
        return result;
    }

    private FenceResult carryOut(FenceBehaviour behaviour, Host target) {
        Duration timeout = path.timeout();
        long latency = PROMPT_NANOS + random.nextLong(PROMPT_NANOS * 10);
        return switch (behaviour) {
            case PROMPT -> switchOff(target, latency);
            case SLOW -> switchOff(target, timeout.toNanos() / 2 + random.nextLong(timeout.toNanos() / 2));
            case FAILING -> {
                world.time().spend(latency);
                yield FenceResult.failed("no power session (simulated)");
            }
            case DONE_BUT_UNKNOWN -> {
                switchOff(target, latency);
                yield FenceResult.unknown("the connection broke (simulated)");
            }
            case LATE -> {
                long later = latency + random.nextLong(2 * timeout.toNanos());
                world.time().after(later, () -> world.powerOff(target, "late power-off by " + id()));
                world.time().spend(latency);
                yield FenceResult.unknown("no answer yet (simulated)");
            }
            case HANGING -> {
                world.time().spend(2 * timeout.toNanos());
                yield FenceResult.unknown("nobody there (simulated)");
            }
            case LYING -> {
                world.time().spend(latency);
                yield confirmed(target);
            }
        };
    }

    private FenceResult switchOff(Host target, long latency) {
        world.time().spend(latency);
        world.atEndOfTask(() -> world.powerOff(target, "fenced by " + id()));
        return confirmed(target);
    }

    private FenceResult confirmed(Host target) {
        return FenceResult.confirmed(
                proofLevel(), new Evidence(id(), target.machineId(), List.of("power off", "power off")));
    }

    @Override
    public PowerState status(FenceRequest request) {
        world.time().spend(PROMPT_NANOS);
        return world.host(request.target()).isPowered() ? PowerState.ON : PowerState.OFF;
    }

    @Override
    public List<String> check(FenceRequest request) {
        world.time().spend(PROMPT_NANOS);
        return List.of();
    }
}
