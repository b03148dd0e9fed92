package dev.ha4j.testkit.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.Trace;
import dev.ha4j.testkit.world.Loans.Loan;
import dev.ha4j.totem.RingId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoansTest {

    private static final RingId RING = new RingId(NodeId.of(1), 8);

    private final VirtualTime time = new VirtualTime();
    private final Trace trace = new Trace(time::now);
    private int sent;
    private final Loans loans = new Loans(time, () -> sent++);
    private final List<Loan> heard = new ArrayList<>();

    LoansTest() {
        trace.listen(loans);
    }

    @Test
    void theNextLoanIsHeardOfOnce() {
        loans.next(heard::add);
        lend(1, 3);
        lend(3, 2);
        assertThat(heard).containsExactly(new Loan(RING, NodeId.of(1), NodeId.of(3)));
    }

    @Test
    void whoHasWaitedTooLongHearsNothing() {
        loans.next(heard::add);
        time.runUntil(Duration.ofSeconds(11).toNanos());
        lend(1, 3);
        assertThat(heard).isEmpty();
        assertThat(sent).isEqualTo(33);
    }

    private void lend(int lender, int borrower) {
        trace.emit(lender, 1, new Event.TokenLent(RING, NodeId.of(lender), NodeId.of(borrower)));
    }
}
