package dev.ha4j.corosync.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.corosync.srp.HoldCancel;
import dev.ha4j.corosync.srp.OrderedMessage;
import dev.ha4j.corosync.srp.SrpCodec;
import dev.ha4j.totem.RingId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourcesTest {

    private static final NodeId ONE = NodeId.of(1);
    private static final NodeId TWO = NodeId.of(2);
    private static final RingId RING = new RingId(ONE, 4);

    private final List<String> refused = new ArrayList<>();
    private final Sources sources = new Sources(refused::add);

    @Test
    void aNodeSpeaksForItself() {
        HoldCancel message = new HoldCancel(TWO, RING);
        assertThat(sources.read(TWO, SrpCodec.encode(message))).contains(message);
        assertThat(sources.read(ONE, SrpCodec.encode(message))).isEmpty();
        assertThat(refused).containsExactly("sender at another's address");
    }

    @Test
    void aNodeRepeatsWhatOthersOrdered() {
        OrderedMessage message = SrpCodec.ordered(TWO, RING, 6, 5, false, new byte[] {1, 2, 3});
        assertThat(sources.read(ONE, message.packet())).isPresent();
        assertThat(refused).isEmpty();
    }

    @Test
    void garbageIsCounted() {
        assertThat(sources.read(ONE, new byte[] {1, 2, 3})).isEmpty();
        assertThat(refused).hasSize(1);
    }
}
