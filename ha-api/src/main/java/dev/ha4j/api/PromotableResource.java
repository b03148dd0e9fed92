package dev.ha4j.api;

/** A resource that runs on several nodes, of which one (as a rule) is promoted to lead. */
public interface PromotableResource extends Resource {

    /** Makes this instance lead, in the term that the promotion carries; returning means that it leads. */
    void promote(Promotion promotion) throws Exception;

    /** Makes this instance stand by; returning means that it does nothing as a leader any more. */
    void demote(OperationContext operation) throws Exception;
}
