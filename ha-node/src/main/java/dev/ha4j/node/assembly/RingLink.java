package dev.ha4j.node.assembly;

import dev.ha4j.controller.Controller;
import dev.ha4j.controller.Lane;
import dev.ha4j.controller.OrderedBroadcast;
import dev.ha4j.controller.RingView;
import dev.ha4j.controller.Submission;
import dev.ha4j.controller.lease.NodeLease;
import dev.ha4j.node.environment.RingPort;
import dev.ha4j.totem.Delivery;
import dev.ha4j.totem.DeliveryGuarantee;
import dev.ha4j.totem.RegularConfiguration;
import dev.ha4j.totem.RingListener;
import dev.ha4j.totem.TokenVisit;
import dev.ha4j.totem.TotemRing;
import dev.ha4j.totem.TransitionalConfiguration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Between the two loops. On the ring's loop it hears the ring, renews the lease and hands over what was decided; on the
 * controller's loop it sends for the controller, within bounds of its own, so that the answer is known at once.
 */
final class RingLink implements RingListener, OrderedBroadcast {

    /** What the link asks of its node; called on the controller's loop. */
    interface Owner {

        void ringGathers(String reason);

        void ringChanged(RegularConfiguration configuration);

        void ringLeft();

        void ringFailed(String reason);
    }

    private final NodeLease lease;
    private final Owner owner;
    private final OutgoingBounds outgoing;
    private final Map<Long, Long> idsByRingId = new HashMap<>();
    private @Nullable Controller controller;
    private @Nullable RingPort port;
    private @Nullable DeliveryQueue queue;
    private long leaseAheadNanos;
    private boolean over;

    RingLink(NodeLease lease, Owner owner, int submitQueueBytes) {
        this.lease = lease;
        this.owner = owner;
        this.outgoing = new OutgoingBounds(submitQueueBytes);
    }

    /** Closes the circle: ring and controller each need this link to be made. Called once, before either starts. */
    void connect(RingPort newPort, Controller newController, DeliveryQueue newQueue) {
        port = newPort;
        controller = newController;
        queue = newQueue;
    }

    // ---- on the controller's loop

    @Override
    public Submission submit(Lane lane, byte[] payload) {
        OptionalLong id = outgoing.admit(lane, payload.length);
        if (id.isEmpty()) {
            return Submission.WOULD_BLOCK;
        }
        port().onRing((ring, now) -> send(ring, lane, payload, id.getAsLong(), now));
        return new Submission.Accepted(id.getAsLong());
    }

    private void deliverToController(Delivery delivery, OptionalLong ownId) {
        ownId.ifPresent(outgoing::release);
        controller().delivered(delivery.sender(), ownId, delivery.payload(), delivery.inTransitional());
    }

    private void giveUp(long id) {
        outgoing.release(id);
        controller().indeterminate(id);
    }

    private void regularToController(RegularConfiguration configuration) {
        owner.ringChanged(configuration);
        controller()
                .regular(new RingView(
                        configuration.ring().sequence(),
                        configuration.ring().representative(),
                        configuration.members(),
                        configuration.leftCleanly()));
    }

    // ---- on the ring's loop

    /** A heartbeat: the ring's thread runs. To be called each quarter of the token timeout. */
    void tick(long nowNanos) {
        lease.ticked();
        if (!over && queue().isStuck(nowNanos)) {
            failed("the controller didn't get on with what the ring delivered");
        }
    }

    private void send(TotemRing ring, Lane lane, byte[] payload, long id, long nowNanos) {
        var answer = ring.submit(ringLane(lane), DeliveryGuarantee.AGREED, payload, nowNanos);
        if (answer instanceof dev.ha4j.totem.Submission.Accepted accepted) {
            idsByRingId.put(accepted.id(), id);
        } else {
            queue().handOver(0, () -> giveUp(id));
        }
    }

    private static dev.ha4j.totem.Lane ringLane(Lane lane) {
        return lane == Lane.CONTROL ? dev.ha4j.totem.Lane.CONTROL : dev.ha4j.totem.Lane.BULK;
    }

    @Override
    public void delivered(Delivery delivery) {
        OptionalLong ownId = delivery.submissionId().isPresent()
                ? ownId(delivery.submissionId().getAsLong())
                : OptionalLong.empty();
        queue().handOver(delivery.payload().length, () -> deliverToController(delivery, ownId));
    }

    @Override
    public void indeterminate(long submissionId) {
        ownId(submissionId).ifPresent(id -> queue().handOver(0, () -> giveUp(id)));
    }

    private OptionalLong ownId(long ringId) {
        Long id = idsByRingId.remove(ringId);
        return id == null ? OptionalLong.empty() : OptionalLong.of(id);
    }

    @Override
    public void gathering(String reason) {
        owner.ringGathers(reason);
    }

    @Override
    public void transitional(TransitionalConfiguration configuration) {
        queue().handOver(0, () -> controller().transitional());
    }

    @Override
    public void regular(RegularConfiguration configuration) {
        compareClocks();
        queue().handOver(0, () -> regularToController(configuration));
    }

    /**
     * The lease counts suspended time, the ring doesn't. The distance of both clocks is taken from before the token was first
     * sent, so that a suspension since then makes the instant too early, never too late.
     */
    @Override
    public void tokenVisited(TokenVisit visit) {
        long firstSent = visit.previousFirstSentAtNanos() + leaseAheadNanos;
        lease.visited(visit.ring().sequence(), OptionalLong.of(firstSent));
        compareClocks();
    }

    private void compareClocks() {
        long ringNow = port().loop().clock().nanoTime();
        leaseAheadNanos = lease.clock().nanoTime() - ringNow;
    }

    @Override
    public void left() {
        over(Owner::ringLeft);
    }

    @Override
    public void failed(String reason) {
        over(it -> it.ringFailed(reason));
    }

    private void over(Consumer<Owner> tell) {
        if (!over) {
            over = true;
            queue().handOver(0, () -> tell.accept(owner));
        }
    }

    long undeliveredBytes() {
        return queue().waitingBytes();
    }

    private RingPort port() {
        return connected(port);
    }

    private Controller controller() {
        return connected(controller);
    }

    private DeliveryQueue queue() {
        return connected(queue);
    }

    private static <T> T connected(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("the link is not connected yet");
        }
        return part;
    }
}
