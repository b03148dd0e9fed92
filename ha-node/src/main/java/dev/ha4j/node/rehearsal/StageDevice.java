package dev.ha4j.node.rehearsal;

import dev.ha4j.api.ProofLevel;
import dev.ha4j.fencing.Evidence;
import dev.ha4j.fencing.FenceDevice;
import dev.ha4j.fencing.FenceRequest;
import dev.ha4j.fencing.FenceResult;
import dev.ha4j.fencing.PowerState;
import java.util.List;
import java.util.Set;

/** Says that a node is off which, on the stage, is. */
record StageDevice(String target) implements FenceDevice {

    @Override
    public String id() {
        return "power-" + target;
    }

    @Override
    public Set<String> targets() {
        return Set.of(target);
    }

    @Override
    public ProofLevel proofLevel() {
        return ProofLevel.POWER_VERIFIED;
    }

    @Override
    public FenceResult off(FenceRequest request) {
        return FenceResult.confirmed(proofLevel(), new Evidence(id(), target, List.of("off", "off")));
    }

    @Override
    public PowerState status(FenceRequest request) {
        return PowerState.OFF;
    }

    @Override
    public List<String> check(FenceRequest request) {
        return List.of();
    }
}
