package dev.ha4j.fencing.kit;

import dev.ha4j.api.ProofLevel;
import dev.ha4j.fencing.Evidence;
import dev.ha4j.fencing.FenceDevice;
import dev.ha4j.fencing.FenceRequest;
import dev.ha4j.fencing.FenceResult;
import dev.ha4j.fencing.PowerState;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A device that is right, unless it was given a flaw. */
final class SwitchDevice implements FenceDevice {

    enum Flaw {
        NONE,
        TRUSTS_THE_ANSWER,
        TRUSTS_ONE_READING,
        TAKES_SILENCE_FOR_OFF,
        TAKES_SILENCE_FOR_FAILURE,
        IGNORES_THE_IDENTITY,
        SWITCHES_IN_CHECK,
        SWALLOWS_INTERRUPTS,
        IGNORES_THE_TARGET,
        IGNORES_THE_DEADLINE,
        SHOWS_THE_SECRET
    }

    private final SwitchRig rig;
    private final Flaw flaw;

    SwitchDevice(SwitchRig rig, Flaw flaw) {
        this.rig = rig;
        this.flaw = flaw;
    }

    @Override
    public String id() {
        return "switch";
    }

    @Override
    public Set<String> targets() {
        return Set.of("a");
    }

    @Override
    public ProofLevel proofLevel() {
        return ProofLevel.POWER_VERIFIED;
    }

    @Override
    public FenceResult off(FenceRequest request) {
        Optional<String> objection = objection(request);
        if (objection.isPresent()) {
            return FenceResult.failed(objection.get());
        }
        if (Thread.currentThread().isInterrupted()) {
            return flaw == Flaw.SWALLOWS_INTERRUPTS && Thread.interrupted() ? confirmed() : unknown();
        }
        if (request.deadline().isOver() && flaw != Flaw.IGNORES_THE_DEADLINE) {
            return unknown();
        }
        if (rig.has(Fault.UNREACHABLE)) {
            return silence();
        }
        return !rig.isOn() || rig.command(false) ? verified() : silence();
    }

    private FenceResult silence() {
        return switch (flaw) {
            case TAKES_SILENCE_FOR_OFF -> confirmed();
            case TAKES_SILENCE_FOR_FAILURE -> FenceResult.failed("no answer");
            default -> unknown();
        };
    }

    private FenceResult verified() {
        if (flaw == Flaw.TRUSTS_THE_ANSWER || (flaw == Flaw.TRUSTS_ONE_READING && !rig.reading())) {
            return confirmed();
        }
        boolean first = rig.reading();
        boolean second = rig.reading();
        return first || second ? unknown() : confirmed();
    }

    private Optional<String> objection(FenceRequest request) {
        if (!request.targetName().equals("a") && flaw != Flaw.IGNORES_THE_TARGET) {
            return Optional.of("not wired to " + request.targetName());
        }
        if (rig.has(Fault.WRONG_IDENTITY) && flaw != Flaw.IGNORES_THE_IDENTITY) {
            return Optional.of("wrong machine");
        }
        boolean refused = rig.has(Fault.CREDENTIALS_REVOKED) || rig.has(Fault.LACKS_PRIVILEGE);
        return refused ? Optional.of("login refused") : Optional.empty();
    }

    private FenceResult confirmed() {
        return FenceResult.confirmed(
                ProofLevel.POWER_VERIFIED, new Evidence(id(), "serial 1", List.of("read off", "read off")));
    }

    private static FenceResult unknown() {
        return FenceResult.unknown("not known");
    }

    @Override
    public PowerState status(FenceRequest request) {
        if (rig.has(Fault.UNREACHABLE)) {
            return PowerState.UNKNOWN;
        }
        return rig.reading() ? PowerState.ON : PowerState.OFF;
    }

    @Override
    public List<String> check(FenceRequest request) {
        if (flaw == Flaw.SWITCHES_IN_CHECK) {
            rig.command(false);
        }
        return rig.has(Fault.UNREACHABLE)
                ? List.of("no answer")
                : objection(request).stream().toList();
    }

    @Override
    public String toString() {
        return flaw == Flaw.SHOWS_THE_SECRET ? "switch with password geheim" : "switch";
    }
}
