package dev.ha4j.testkit.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.totem.DeliveryGuarantee;
import dev.ha4j.totem.Fragment;
import dev.ha4j.totem.RegularMessage;
import dev.ha4j.totem.RingId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RingTraceTest {

    private static final NodeId SELF = NodeId.of(1);
    private static final byte[] HEAD = {1, 2};
    private static final byte[] TAIL = {3};
    private static final byte[] WHOLE = {1, 2, 3};
    private static final byte[] SHORT = {9};

    private final List<Event> events = new ArrayList<>();
    private final RingTrace trace = new RingTrace(new SilentRingListener(), events::add, new TokenTruth(() -> 0));
    private final RingId ring = new RingId(SELF, 4);

    @Test
    void aMessageOfAnotherLaneBetweenTwoPartsIsItsOwn() {
        trace.sent(message(ring, 1, new Fragment(7, 0, false, HEAD)));
        trace.sent(message(ring, 2, new Fragment(8, 0, true, SHORT), new Fragment(7, 1, true, TAIL)));

        assertThat(events)
                .containsExactly(
                        new Event.Sent(ring, 8, RingTrace.digest(SHORT), 1),
                        new Event.Sent(ring, 7, RingTrace.digest(WHOLE), 3));
    }

    @Test
    void aNewRingBeginsAMessageAnew() {
        RingId next = new RingId(SELF, 8);
        trace.sent(message(ring, 1, new Fragment(7, 0, false, HEAD)));
        trace.sent(message(next, 1, new Fragment(7, 0, false, HEAD)));
        trace.sent(message(next, 2, new Fragment(7, 1, true, TAIL)));

        assertThat(events).containsExactly(new Event.Sent(next, 7, RingTrace.digest(WHOLE), 3));
    }

    @Test
    void aRepetitionIsNoSecondSending() {
        RegularMessage message = message(ring, 1, new Fragment(7, 0, true, WHOLE));
        trace.sent(message);
        trace.sent(message);

        assertThat(events).hasSize(1);
    }

    private static RegularMessage message(RingId ring, long sequence, Fragment... fragments) {
        return new RegularMessage(ring, sequence, SELF, DeliveryGuarantee.AGREED, List.of(fragments));
    }
}
