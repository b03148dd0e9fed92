package dev.ha4j.testkit.ring;

import dev.ha4j.api.NodeId;
import dev.ha4j.testkit.world.Loans.Loan;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;

/**
 * One thing that goes wrong at a certain time.
 *
 * @param target number of a node, or a role in the next loan of the token
 * @param other number of another, or a role
 * @param strength depends on the kind
 */
record RingFault(RingFaultKind kind, long atNanos, long forNanos, int target, int other, int link, long strength) {

    /** Whoever lends the token next. */
    static final int LENDER = -1;

    /** Whoever borrows it next. */
    static final int BORROWER = -2;

    /** Some other node, if there is one. */
    static final int BYSTANDER = -3;

    private static final int NOBODY = 0;

    /** Whether it waits until the token is lent, and happens in the middle of that. */
    boolean isOfLoan() {
        return target < NOBODY;
    }

    /** The same, when it is known who takes part. */
    RingFault in(Loan loan, SortedSet<NodeId> nodes) {
        return new RingFault(
                kind, atNanos, forNanos, node(target, loan, nodes), node(other, loan, nodes), link, strength);
    }

    private int node(int role, Loan loan, SortedSet<NodeId> nodes) {
        return switch (role) {
            case LENDER -> loan.lender().value();
            case BORROWER -> loan.borrower().value();
            case BYSTANDER -> {
                List<NodeId> others = nodes.stream()
                        .filter(node -> !node.equals(loan.lender()) && !node.equals(loan.borrower()))
                        .toList();
                yield others.get((int) (strength % others.size())).value();
            }
            default -> role;
        };
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "at=%.6f kind=%s target=%d other=%d link=%d for=%.6f strength=%d",
                atNanos / 1e9,
                kind,
                target,
                other,
                link,
                forNanos / 1e9,
                strength);
    }
}
