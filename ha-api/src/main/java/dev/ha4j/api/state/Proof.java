package dev.ha4j.api.state;

import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.config.MetaOptions;
import java.util.Objects;

/**
 * What is known of a lost node's end.
 *
 * @param level the strongest proof so far
 * @param byHuman whether an operator confirmed it
 */
public record Proof(ProofLevel level, boolean byHuman) {

    public static final Proof NONE = new Proof(ProofLevel.NONE, false);

    public Proof {
        Objects.requireNonNull(level, "level");
    }

    public Proof with(ProofLevel more) {
        return new Proof(level.strongest(more), byHuman);
    }

    public Proof confirmedByHuman() {
        return new Proof(level, true);
    }

    /** Whether a resource with these options may be taken over from the lost node. */
    public boolean unlocks(MetaOptions resource) {
        ProofLevel demanded = resource.requires();
        return demanded == ProofLevel.NONE
                || demanded == ProofLevel.RESOURCE_TOKEN
                || level.satisfies(demanded)
                || (byHuman && resource.humanMayConfirm());
    }
}
