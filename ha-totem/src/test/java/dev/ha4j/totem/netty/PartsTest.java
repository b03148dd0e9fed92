package dev.ha4j.totem.netty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartsTest {

    private static final NodeId A = NodeId.of(1);
    private static final NodeId B = NodeId.of(2);

    private final Parts parts = new Parts(100);

    private static ByteBuffer part(int message, int index, int count, String text) {
        ByteBuffer part = ByteBuffer.allocate(6 + text.length())
                .putInt(message)
                .put((byte) index)
                .put((byte) count);
        text.chars().forEach(letter -> part.put((byte) letter));
        return part.flip();
    }

    private String add(NodeId sender, ByteBuffer part) {
        return parts.add(sender, part)
                .map(whole -> US_ASCII.decode(whole).toString())
                .orElse("");
    }

    @Test
    void aMessageIsThereWhenItsLastPartIs() {
        assertThat(add(A, part(1, 2, 3, "ghi"))).isEmpty();
        assertThat(add(B, part(1, 1, 3, "xyz"))).isEmpty();
        assertThat(add(A, part(1, 0, 3, "abc"))).isEmpty();
        assertThat(add(A, part(1, 0, 3, "abc"))).as("twice").isEmpty();
        assertThat(add(A, part(1, 1, 3, "def"))).isEqualTo("abcdefghi");
    }

    @Test
    void messagesMayBeMixedUpToABound() {
        for (int message = 0; message < 9; message++) {
            assertThat(add(A, part(message, 0, 2, "a"))).isEmpty();
        }
        assertThat(add(A, part(1, 1, 2, "b"))).isEqualTo("ab");
        assertThat(add(A, part(0, 1, 2, "b"))).as("the eldest is forgotten").isEmpty();
    }

    /** As over two links, of which one is slower. */
    @Test
    void ofManyMessagesThatAreMixedTheLastAreCompleted() {
        int first = Integer.MAX_VALUE - 10; // numbers wrap
        int count = 20;
        for (int message = 0; message < count; message++) {
            assertThat(add(A, part(first + message, 0, 2, "a"))).isEmpty();
        }
        List<Integer> complete = new ArrayList<>();
        for (int message = 0; message < count; message++) {
            if (!add(A, part(first + message, 1, 2, "b")).isEmpty()) {
                complete.add(message);
            }
        }
        assertThat(complete).containsExactly(12, 13, 14, 15, 16, 17, 18, 19);
    }

    @Test
    void anotherLifeDoesNotCompleteWhatTheLastOneBegan() {
        assertThat(add(A, part(1, 0, 2, "old"))).isEmpty();
        parts.forget(A);
        assertThat(add(A, part(1, 1, 2, "new"))).isEmpty();
        assertThat(add(A, part(1, 0, 2, "all"))).isEqualTo("allnew");
    }

    @Test
    void nonsenseIsDropped() {
        assertThat(add(A, ByteBuffer.allocate(0))).isEmpty();
        assertThat(add(A, ByteBuffer.allocate(6))).isEmpty();
        assertThat(add(A, part(1, 3, 3, "x"))).isEmpty();
        assertThat(add(A, part(2, 0, 0, "x"))).isEmpty();
        assertThat(add(A, part(3, 0, 2, "x"))).isEmpty();
        assertThat(add(A, part(3, 1, 9, "x"))).as("another count").isEmpty();
        assertThat(add(A, part(4, 0, 2, "x".repeat(60)))).isEmpty();
        assertThat(add(A, part(4, 1, 2, "x".repeat(60))))
                .as("more than a message has")
                .isEmpty();
    }
}
