package dev.ha4j.fencing.ipmi;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Who the BMC has to be. Without a configured identity the first one seen is kept, so that an address that moves to
 * another machine while this device lives is noticed. Safe for use by several threads.
 */
final class IdentityPin {

    private final AtomicReference<Optional<String>> expected;

    IdentityPin(Optional<String> configured) {
        this.expected = new AtomicReference<>(configured);
    }

    /** What is wrong with the identity that was seen; empty if nothing is. */
    Optional<String> objectionTo(String seen) {
        String wanted = expected.updateAndGet(known -> known.isPresent() ? known : Optional.of(seen))
                .orElse(seen);
        return wanted.equals(seen)
                ? Optional.empty()
                : Optional.of("wrong machine: the BMC says that it is " + seen + ", expected is " + wanted);
    }
}
