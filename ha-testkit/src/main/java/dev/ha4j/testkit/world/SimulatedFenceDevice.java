package dev.ha4j.testkit.world;

import dev.ha4j.api.ProofLevel;
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

/** A power switch of one host, as one node's process reaches it. */
final class SimulatedFenceDevice implements FenceDevice {

    private static final long PROMPT_NANOS = 20_000_000;

    private final Host target;
    private final NodeProcess user;
    private final World world;
    private final SplittableRandom random;
    private final Duration timeout;

    SimulatedFenceDevice(Host target, NodeProcess user, World world, SplittableRandom random, Duration timeout) {
        this.target = target;
        this.user = user;
        this.world = world;
        this.random = random;
        this.timeout = timeout;
    }

    @Override
    public String id() {
        return ProductionNodes.powerSwitchOf(target.name());
    }

    @Override
    public Set<String> targets() {
        return Set.of(target.name());
    }

    @Override
    public ProofLevel proofLevel() {
        return ProofLevel.POWER_VERIFIED;
    }

    @Override
    public Duration timeout() {
        return timeout;
    }

    @Override
    public FenceResult off(FenceRequest request) {
        FenceBehaviour behaviour = target.fenceBehaviour();
        world.emit(user, new Event.FenceCommand(target.id(), id(), behaviour.name()));
        FenceResult result = carryOut(behaviour);
        world.atEndOfTask(() -> world.emit(
                user,
                new Event.FenceAnswer(
                        target.id(),
                        id(),
                        result.getClass().getSimpleName(),
                        world.isOver(target, request.incarnation()))));
        return result;
    }

    private FenceResult carryOut(FenceBehaviour behaviour) {
        long latency = PROMPT_NANOS + random.nextLong(PROMPT_NANOS * 10);
        return switch (behaviour) {
            case PROMPT -> switchOff(latency);
            case SLOW -> switchOff(timeout.toNanos() / 2 + random.nextLong(timeout.toNanos() / 2));
            case FAILING -> {
                world.time().spend(latency);
                yield FenceResult.failed("no power session (simulated)");
            }
            case DONE_BUT_UNKNOWN -> {
                switchOff(latency);
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
                yield confirmed();
            }
        };
    }

    private FenceResult switchOff(long latency) {
        world.time().spend(latency);
        world.atEndOfTask(() -> world.powerOff(target, "fenced by " + id()));
        return confirmed();
    }

    private FenceResult confirmed() {
        return FenceResult.confirmed(
                proofLevel(), new Evidence(id(), target.machineId(), List.of("power off", "power off")));
    }

    @Override
    public PowerState status(FenceRequest request) {
        world.time().spend(PROMPT_NANOS);
        return target.isPowered() ? PowerState.ON : PowerState.OFF;
    }

    @Override
    public List<String> check(FenceRequest request) {
        world.time().spend(PROMPT_NANOS);
        return List.of();
    }
}
