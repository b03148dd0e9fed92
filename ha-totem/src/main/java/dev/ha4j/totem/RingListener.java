package dev.ha4j.totem;

/**
 * Hears what the ring decides, on the ring's thread and in order.
 *
 * <p><em>Time.</em> While a call lasts the ring stands still: nothing is received, and the token that comes waits, and with it all
 * members. What takes longer than the token timeout costs this node its membership. So what is more than a few microseconds of work
 * goes to a thread of its own, through a queue that is bounded by {@link TotemRing#advertiseWindow}.
 *
 * <p><em>Calls from inside.</em> {@link TotemRing#submit}, {@link TotemRing#advertiseWindow}, and nothing else of the
 * {@code TotemRing}; of a {@link dev.ha4j.totem.netty.UdpRing} all that does not block: anything but {@code start} and {@code send}.
 *
 * <p><em>What may be ignored.</em> Everybody has to take messages, to know who the members are, and to act when the ring has failed.
 * The rest does nothing unless it is written.
 *
 * <p><em>Errors.</em> No call may throw. A ring over UDP is over after an exception, and {@link #failed} says so; a {@code TotemRing}
 * must not be used any more.
 */
public interface RingListener {

    /**
     * The next message, of this node or another. All members that deliver it do so at the same place among messages and
     * configurations.
     */
    void delivered(Delivery delivery);

    /**
     * The ring lost its token, a suspect or a newcomer made it start over: its members gather anew, and nothing is delivered until
     * they have. For the timeline only.
     *
     * @param reason for people; its words may change
     */
    default void gathering(String reason) {}

    /**
     * The ring ends. Deliveries up to the next {@link #regular}, which follows at once, are what its other members may not have, but
     * for those that move together. Not called before the first ring. Nothing to do for who doesn't mind what others have.
     */
    default void transitional(TransitionalConfiguration configuration) {}

    /**
     * A ring begins. The first one is of this node alone. Messages that were submitted and not sent yet are sent on it.
     */
    void regular(RegularConfiguration configuration);

    /**
     * The token was here: news for those who measure, or live by it. Up to tens of thousands of times a second; not for tokens on
     * loan.
     */
    default void tokenVisited(TokenVisit visit) {}

    /**
     * An own submission will never be delivered here; whether others delivered it is unknown. Comes when the ring changes while the
     * message is under way, or ends. Nothing to do for who doesn't wait for own messages, or has asked for an answer to each with
     * {@link dev.ha4j.totem.netty.UdpRing#sendAsync}.
     *
     * @param submissionId the answer of {@link TotemRing#submit}
     */
    default void indeterminate(long submissionId) {}

    /** The clean leave, which the owner has asked for, is done; the ring is over, and this is the last call. */
    default void left() {}

    /**
     * The ring is over, without a clean leave, and this is the last call.
     *
     * @param reason for people; its words may change
     */
    void failed(String reason);
}
