package dev.ha4j.resources.policy;

/** The ways in which an action (the first) can concern another (then). */
final class Order {
    /** They are done in this order, if both are done. */
    static final int ORDERED = 1;
    /** If the first is required, so is then. */
    static final int FIRST_IMPLIES_THEN = 1 << 1;
    /** If then is required, so is the first. */
    static final int THEN_IMPLIES_FIRST = 1 << 2;
    /** If then is required and its resource is promoted now, the first is required. */
    static final int PROMOTED_THEN_IMPLIES_FIRST = 1 << 3;
    /** If the first can't run, then can't either. */
    static final int UNRUNNABLE_FIRST_BLOCKS = 1 << 4;
    /** The first can't run unless then can migrate; if then is required, so is the first. */
    static final int UNMIGRATABLE_THEN_BLOCKS = 1 << 5;
    /** If the first can't run, then is a real action that can't migrate. */
    static final int FIRST_ELSE_THEN = 1 << 6;
    /** A stop and the start after it. */
    static final int RESTART = 1 << 7;
    /** A constraint that holds in one direction only. */
    static final int ASYMMETRIC = 1 << 8;
    /** Then can run if enough of its firsts can. */
    static final int MINIMUM_RUNNABLE = 1 << 9;

    static final int NESTED_REMOTE_PROBE = 1 << 10;
    /** Void unless both are on the same node. */
    static final int SAME_NODE = 1 << 11;
    /** Holds only if both are on the same node and the first is required. */
    static final int IF_REQUIRED_ON_SAME_NODE = 1 << 12;
    /** Room must be made first. */
    static final int LOAD = 1 << 13;
    /** Holds only if the first does not migrate. */
    static final int IF_FIRST_UNMIGRATABLE = 1 << 14;
    /** If the first is required and can run, then is shown in the graph. */
    static final int FIRST_IMPLIES_THEN_SHOWN = 1 << 15;
    /** If then is required, the first is shown in the graph. */
    static final int THEN_IMPLIES_FIRST_SHOWN = 1 << 16;

    static final int GUEST_ALLOWED = 1 << 17;
    /** If then is required, the first is not. */
    static final int THEN_CANCELS_FIRST = 1 << 18;

    static final int SERIALIZE = 1 << 19;
    /** As {@link #FIRST_IMPLIES_THEN}, for a then on the node of the first. */
    static final int FIRST_IMPLIES_THEN_ON_NODE = 1 << 20;

    private Order() {}
}
