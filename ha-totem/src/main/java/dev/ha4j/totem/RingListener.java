package dev.ha4j.totem;

/**
 * Hears what the ring decides, on the ring's thread and in order. Must return quickly and never throw. It may call
 * {@link TotemRing#submit} and {@link TotemRing#advertiseWindow}, and nothing else of the ring, from inside a call.
 */
public interface RingListener {

    void delivered(Delivery delivery);

    /** The ring lost its token, a suspect or a newcomer made it start over: its members gather anew. For the timeline only. */
    default void gathering(String reason) {}

    void transitional(TransitionalConfiguration configuration);

    void regular(RegularConfiguration configuration);

    /** The token was here: news for those who measure, or live by it. */
    default void tokenVisited(TokenVisit visit) {}

    /** An own submission will never be delivered here; whether others delivered it is unknown. */
    void indeterminate(long submissionId);

    /** The clean leave is done; the ring is over. */
    void left();

    /** The ring is over, without a clean leave. */
    void failed(String reason);
}
