package dev.ha4j.fencing;

import dev.ha4j.api.ProofLevel;
import java.util.Objects;

/**
 * The answer of a fence device, in three values. Only {@link Confirmed} unlocks anything; a timeout, an exception and an
 * interrupt are {@link Unknown}.
 */
public sealed interface FenceResult {

    /** The target is off, seen and identified. */
    record Confirmed(ProofLevel level, Evidence evidence) implements FenceResult {

        public Confirmed {
            Objects.requireNonNull(level, "level");
            Objects.requireNonNull(evidence, "evidence");
            if (level == ProofLevel.NONE) {
                throw new IllegalArgumentException("a confirmation proves something: the level can't be NONE");
            }
        }
    }

    /** It is known that the command was not carried out and will not be. */
    record Failed(String reason) implements FenceResult {

        public Failed {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** The command may have been carried out, or may still be. */
    record Unknown(String reason) implements FenceResult {

        public Unknown {
            Objects.requireNonNull(reason, "reason");
        }
    }

    static FenceResult confirmed(ProofLevel level, Evidence evidence) {
        return new Confirmed(level, evidence);
    }

    static FenceResult failed(String reason) {
        return new Failed(reason);
    }

    static FenceResult unknown(String reason) {
        return new Unknown(reason);
    }
}
