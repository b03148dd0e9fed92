package dev.ha4j.api.config;

import dev.ha4j.api.ProofLevel;
import java.time.Duration;
import java.util.Set;

/** What the cluster has to know of a fence device; the device itself stays with the nodes that use it. */
public interface FenceDeviceSpec {

    /** Name of the device, unique in the cluster. */
    String id();

    /** Names of the nodes that it can fence. */
    Set<String> targets();

    /** The proof that its confirmation gives. */
    ProofLevel proofLevel();

    /** Time for one attempt ({@code pcmk_off_timeout}; default 60 s). */
    default Duration timeout() {
        return Duration.ofSeconds(60);
    }
}
