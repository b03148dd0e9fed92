package dev.ha4j.controller;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.controller.codec.Message;
import dev.ha4j.controller.codec.Message.ArbiterNamed;
import dev.ha4j.controller.codec.Message.DeviceSaid;
import dev.ha4j.controller.exchange.DeviceWord;
import dev.ha4j.quorum.DeviceAnswer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * This node's side of the quorum device: asks it for each new ring, tells the members what it says, and knows since which epoch
 * nobody else can have had its vote. That is so from an epoch in whose ring all members asked the same arbiter, this node had the
 * vote, and the token went round once more, for then all members were still there; until the device refuses it or can't be reached.
 */
final class DeviceInquiry {

    private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(50).toNanos();
    private static final DeviceWord NO = new DeviceWord(false, OptionalLong.empty());

    private final ControllerPorts ports;
    private final Supplier<ClusterState> state;
    private final Consumer<Message> send;
    private final Arbiters arbiters = new Arbiters();
    private Optional<RingView> view = Optional.empty();
    private String named = "";
    private boolean asked;
    private OptionalLong openEpoch = OptionalLong.empty();
    private Optional<DeviceAnswer> answer = Optional.empty();
    private OptionalLong unbrokenSince = OptionalLong.empty();
    private long tenure;

    DeviceInquiry(ControllerPorts ports, Supplier<ClusterState> state, Consumer<Message> send) {
        this.ports = ports;
        this.state = state;
        this.send = send;
    }

    /** A new ring: the vote of the old one is void. Who can't use the vote anyway keeps nobody waiting for it. */
    void regular(RingView next) {
        view = Optional.of(next);
        openEpoch = OptionalLong.empty();
        answer = Optional.empty();
        asked = false;
        arbiters.clear();
        ports.listener().arbitersNamed(arbiters.names());
        named = "";
        tell();
        name();
        ask();
    }

    /** A member says whom it asks: before any epoch of this ring opens, and again when its device is another. */
    void named(NodeId sender, ArbiterNamed message) {
        if (view.filter(present -> present.sequence() == message.ring()).isEmpty()) {
            return;
        }
        arbiters.named(sender, message.arbiter());
        ports.listener().arbitersNamed(arbiters.names());
        awaitToken();
    }

    private void name() {
        String arbiter = ports.device().arbiter();
        if (view.isPresent() && !arbiter.equals(named)) {
            named = arbiter;
            send.accept(new ArbiterNamed(view.get().sequence(), arbiter));
        }
    }

    /** A device that is given votes while the ring lasts is asked for it at once, so that it counts at the next loss. */
    void stateChanged() {
        if (!asked && openEpoch.isPresent()) {
            ask();
        }
    }

    private void ask() {
        if (state.get().policy().quorum().device().isEmpty() || view.isEmpty()) {
            return;
        }
        asked = true;
        long ring = view.get().sequence();
        ports.device().ask(ring, view.get().members(), said -> ports.loop().execute(() -> answered(ring, said)));
        if (unbrokenSince.isEmpty()) {
            send.accept(new DeviceSaid(ring, NO));
        }
    }

    private void answered(long ring, DeviceAnswer said) {
        if (view.filter(present -> present.sequence() == ring).isEmpty()) {
            return;
        }
        answer = Optional.of(said);
        tell();
        name();
        if (said.tenure() != tenure) {
            unbroken(OptionalLong.empty(), "it was refused, or the device could not be reached");
        }
        awaitToken();
        send.accept(new DeviceSaid(ring, said.granted() ? new DeviceWord(true, unbrokenSince) : NO));
    }

    /** What the device is worth is of use to people before it is needed. */
    private void unbroken(OptionalLong since, String why) {
        if (since.isPresent() != unbrokenSince.isPresent()) {
            String counts =
                    since.isPresent() ? "counts at the next loss of a node" : "does not count until it is given anew";
            ports.listener().timeline("the quorum device's vote " + counts + ": " + why);
        }
        unbrokenSince = since;
        tell();
    }

    private void tell() {
        boolean granted = answer.filter(DeviceAnswer::granted).isPresent();
        ports.listener().deviceVoted(granted, unbrokenSince.isPresent());
    }

    void epochOpened(long epoch) {
        openEpoch = OptionalLong.of(epoch);
        awaitToken();
    }

    private void awaitToken() {
        if (openEpoch.isPresent() && answer.filter(DeviceAnswer::granted).isPresent()) {
            awaitToken(
                    answer.get(), openEpoch.getAsLong(), ports.lease().clock().nanoTime());
        }
    }

    /** A ring that is gone is noticed late: whoever was frozen may be granted its vote for it after others have moved on. */
    private void awaitToken(DeviceAnswer granted, long epoch, long sinceNanos) {
        boolean holds = answer.equals(Optional.of(granted)) && openEpoch.equals(OptionalLong.of(epoch));
        if (!holds) {
            return;
        }
        if (arbiters.differFrom(ports.device().arbiter())) {
            unbroken(OptionalLong.empty(), "the nodes ask different arbiters");
        } else if (ports.lease().isRenewedFrom(sinceNanos)) {
            unbroken(openEpoch, "all members were there when it was given");
            tenure = granted.tenure();
        } else {
            ports.loop().schedule(LOOK_AGAIN_NANOS, () -> awaitToken(granted, epoch, sinceNanos));
        }
    }
}
