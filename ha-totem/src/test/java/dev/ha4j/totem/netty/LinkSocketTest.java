package dev.ha4j.totem.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.config.SocketKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkSocketTest {

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<String> failures = new ArrayList<>();
    private final KernelSockets kernel = KernelSockets.of(SocketKind.NIO);
    private final LinkSocket socket = new LinkSocket(
            channel,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
            kernel,
            new LinkCounters(kernel.kind()));

    private final LinkSocket.Failures hearing = new LinkSocket.Failures() {
        @Override
        public void refused(long nowNanos) {
            failures.add("refused");
        }

        @Override
        public void failed(Throwable cause, long nowNanos) {
            failures.add(String.valueOf(cause.getMessage()));
        }
    };

    @Test
    void whatTheKernelDoesNotTakeForLongIsDroppedAndCounted() {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        ByteBuf datagram = Unpooled.buffer(10).writeZero(10);
        socket.send(Batch.of(datagram), hearing, 0);
        assertThat(failures).containsExactly("the kernel takes nothing for now, and enough waits for it");
        assertThat(datagram.refCnt()).isZero();
        assertThat(channel.outboundMessages()).isEmpty();

        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
        socket.send(Batch.of(Unpooled.buffer(10).writeZero(10)), hearing, 0);
        assertThat(failures).hasSize(1);
        assertThat(channel.outboundMessages()).hasSize(1);
    }
}
