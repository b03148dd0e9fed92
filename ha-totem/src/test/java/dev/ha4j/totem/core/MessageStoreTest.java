package dev.ha4j.totem.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.HoldCancel;
import dev.ha4j.totem.RingId;
import dev.ha4j.totem.TotemMessage;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MessageStoreTest {

    private static final int CAPACITY = 1_000;
    private static final int SMALL_BYTES = 1_000;
    private static final NodeId SENDER = NodeId.of(1);

    private final MessageStore store = new MessageStore(CAPACITY);

    @Test
    void countsWhatIsHereWithoutAGap() {
        store.add(1, message(1));
        store.add(3, message(3));
        assertThat(store.receivedUpTo()).isEqualTo(1);
        assertThat(store.missing(5, 10)).containsExactly(2L, 4L, 5L);
        assertThat(store.add(2, message(2))).isTrue();
        assertThat(store.receivedUpTo()).isEqualTo(3);
        assertThat(store.add(3, message(3))).isFalse();
    }

    @Test
    void releasedMessagesAreGoneAndStayGone() {
        for (long s = 1; s <= 10; s++) {
            store.add(s, message(s));
        }
        store.releaseUpTo(7);
        assertThat(store.get(7)).isEmpty();
        assertThat(store.get(8)).isPresent();
        assertThat(store.add(5, message(5))).isFalse();
        assertThat(store.highest()).isEqualTo(10);
    }

    @Test
    void keepsNoMoreThanItMay() {
        assertThat(store.add(CAPACITY, message(CAPACITY))).isTrue();
        assertThat(store.add(CAPACITY + 1, message(CAPACITY + 1))).isFalse();
        assertThat(store.roomAfter(400, SMALL_BYTES)).isEqualTo(CAPACITY - 400);
    }

    @Test
    void largeMessagesLeaveRoomForFewer() {
        assertThat(store.roomAfter(0, 1 << 20)).isEqualTo(64);
    }

    /** The slow and obvious way beside it. */
    @Test
    void agreesWithAMap() {
        Random random = new Random(42);
        TreeMap<Long, TotemMessage> map = new TreeMap<>();
        long released = 0;
        for (int step = 0; step < 20_000; step++) {
            long sequence = released + 1 + random.nextInt(300);
            TotemMessage message = message(sequence);
            boolean added = store.add(sequence, message);
            assertThat(added).isEqualTo(!map.containsKey(sequence));
            map.putIfAbsent(sequence, message);
            if (random.nextInt(50) == 0) {
                long upTo = released + random.nextInt((int) (store.receivedUpTo() - released) + 1);
                store.releaseUpTo(upTo);
                map.headMap(upTo, true).clear();
                released = upTo;
            }
            assertThat(store.get(sequence)).isEqualTo(Optional.ofNullable(map.get(sequence)));
        }
        assertThat(store.highest()).isEqualTo(map.lastKey());
    }

    private static TotemMessage message(long sequence) {
        return new HoldCancel(new RingId(SENDER, sequence), SENDER);
    }
}
