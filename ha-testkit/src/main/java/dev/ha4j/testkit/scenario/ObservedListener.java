package dev.ha4j.testkit.scenario;

import dev.ha4j.api.LeadershipListener;
import dev.ha4j.api.Term;
import dev.ha4j.api.config.OperationName;

/** The user's leadership listener, and what the ground truth has to know of it. */
record ObservedListener(LeadershipListener observed, Duty duty) implements LeadershipListener {

    @Override
    public void granted(Term term) throws Exception {
        duty.enterExclusive(term);
        duty.carryOut(OperationName.PROMOTE, "granted", () -> {
            observed.granted(term);
            return term;
        });
        duty.beginActing();
    }

    @Override
    public void revoked(Term term) throws Exception {
        duty.carryOut(OperationName.DEMOTE, "revoked", () -> {
            observed.revoked(term);
            return term;
        });
        duty.exitExclusive("revoked");
    }
}
