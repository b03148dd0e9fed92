package dev.ha4j.testkit.scenario;

import dev.ha4j.api.OperationContext;
import dev.ha4j.api.PromotableResource;
import dev.ha4j.api.Promotion;
import dev.ha4j.api.config.OperationName;

/** The user's promotable resource, and what the ground truth has to know of it. */
final class ObservedPromotable extends ObservedResource implements PromotableResource {

    private final PromotableResource observed;

    ObservedPromotable(PromotableResource observed, Duty duty) {
        super(observed, duty, Duty.Kind.PROMOTABLE);
        this.observed = observed;
    }

    @Override
    public void promote(Promotion promotion) throws Exception {
        duty().enterExclusive(promotion.term());
        carryOut(OperationName.PROMOTE, promotion, operation -> observed.promote(promotion));
        duty().beginActing();
    }

    @Override
    public void demote(OperationContext operation) throws Exception {
        carryOut(OperationName.DEMOTE, operation, observed::demote);
        duty().exitExclusive("demote");
    }
}
