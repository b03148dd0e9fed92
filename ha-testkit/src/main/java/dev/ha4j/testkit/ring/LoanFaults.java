package dev.ha4j.testkit.ring;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What happens to those who lend and borrow the token of a ring, in the middle of that. */
final class LoanFaults {

    private static final long SECOND = 1_000_000_000L;

    private static final long MEAN_PAUSE_NANOS = 3 * SECOND;

    /** Whoever is cut off goes on: most is to be feared from them. */
    private static final List<RingFaultKind> KINDS = List.of(
            RingFaultKind.ISOLATION,
            RingFaultKind.ISOLATION,
            RingFaultKind.ONE_WAY,
            RingFaultKind.ONE_WAY,
            RingFaultKind.FREEZE,
            RingFaultKind.KILL);

    private static final List<Integer> ROLES = List.of(RingFault.LENDER, RingFault.BORROWER, RingFault.BYSTANDER);

    private LoanFaults() {}

    /** Those of a seed, in order of time. */
    static List<RingFault> drawn(SplittableRandom random, long fromNanos, long untilNanos) {
        List<RingFault> faults = new ArrayList<>();
        long at = fromNanos;
        while ((at += 1 + random.nextLong(2 * MEAN_PAUSE_NANOS)) < untilNanos) {
            RingFaultKind kind = KINDS.get(random.nextInt(KINDS.size()));
            int role = random.nextInt(ROLES.size());
            int target = ROLES.get(role);
            int other = ROLES.get((role + 1 + random.nextInt(ROLES.size() - 1)) % ROLES.size());
            long lasting = (SECOND << random.nextInt(3)) + random.nextLong(SECOND);
            faults.add(new RingFault(kind, at, lasting, target, other, 0, random.nextInt(1 << 16)));
        }
        return faults;
    }
}
