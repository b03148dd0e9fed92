package dev.ha4j.api;

import java.util.Optional;

/**
 * How a leadership is passed on.
 *
 * @param requires what has to be known of a lost leader's end before another node leads. Empty for the strongest that the
 *     cluster can have: {@link ProofLevel#POWER_VERIFIED} if fence devices can prove that of every node, else
 *     {@link ProofLevel#SELF_LEASE}, by which the next leader waits until the lost one's lease has provably run out. Leases
 *     don't cover a pause of the old leader between its check of {@link Term#isHeld()} and its act: hand the
 *     {@link Term#token()} to the storage, or use fence devices
 */
public record LeadershipOptions(Optional<ProofLevel> requires) {

    public static final LeadershipOptions DEFAULTS = new LeadershipOptions(Optional.empty());

    public static LeadershipOptions requires(ProofLevel level) {
        return new LeadershipOptions(Optional.of(level));
    }
}
