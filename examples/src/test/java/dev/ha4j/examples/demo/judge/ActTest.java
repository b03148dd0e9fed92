package dev.ha4j.examples.demo.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ActTest {

    private static final Act ACT = new Act(7, 2, 4711, 3, -5);

    @Test
    void whatIsWrittenIsRead() {
        assertThat(Act.read(written())).contains(ACT);
    }

    @Test
    void whatIsNoActIsNotRead() {
        assertThat(Act.read(ByteBuffer.allocate(Act.BYTES))).isEmpty();
        assertThat(Act.read(written().limit(Act.BYTES - 1))).isEmpty();
        assertThat(Act.read(ByteBuffer.allocate(0))).isEmpty();
    }

    private static ByteBuffer written() {
        ByteBuffer buffer = ByteBuffer.allocate(Act.BYTES);
        ACT.writeTo(buffer);
        return buffer.flip();
    }
}
