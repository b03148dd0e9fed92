package dev.ha4j.controller.fencing;

import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.config.FencePath;
import dev.ha4j.api.state.FenceOperation;
import dev.ha4j.api.state.FenceOutcome;
import dev.ha4j.controller.command.StateCommand.FinishFence;
import dev.ha4j.fencing.FenceResult;

/** Turns what a device answered into what the cluster is told. Pure. */
public final class FenceVerdict {

    private FenceVerdict() {}

    public static FinishFence of(FenceOperation operation, FencePath path, FenceResult result) {
        if (result instanceof FenceResult.Confirmed confirmed) {
            String evidence = confirmed.evidence().identity() + ": "
                    + String.join(", ", confirmed.evidence().observations());
            return finish(operation, FenceOutcome.CONFIRMED, credible(confirmed.level(), path.proofLevel()), evidence);
        }
        if (result instanceof FenceResult.Failed failed) {
            return finish(operation, FenceOutcome.FAILED, ProofLevel.NONE, failed.reason());
        }
        String reason = result instanceof FenceResult.Unknown unknown ? unknown.reason() : String.valueOf(result);
        return finish(operation, FenceOutcome.UNKNOWN, ProofLevel.NONE, reason);
    }

    /** A device proves no more than its configuration says that it can. */
    static ProofLevel credible(ProofLevel claimed, ProofLevel configured) {
        return claimed.satisfies(configured) ? configured : claimed;
    }

    private static FinishFence finish(FenceOperation operation, FenceOutcome outcome, ProofLevel level, String reason) {
        return new FinishFence(
                operation.id(),
                operation.target(),
                operation.incarnation(),
                operation.attempt(),
                outcome,
                level,
                operation.deviceId(),
                reason);
    }
}
