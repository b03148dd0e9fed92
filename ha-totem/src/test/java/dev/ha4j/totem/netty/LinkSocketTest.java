package dev.ha4j.totem.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.config.SocketKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of datagrams that the kernel doesn't take. */
class LinkSocketTest {

    private static final InetSocketAddress THERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5405);
    private static final int DATAGRAM_BYTES = 100;
    private static final int DATAGRAMS = 3;

    private static final int EIO = -5;
    private static final int EINVAL = -22;
    private static final int ENETUNREACH = -101;
    private static final int ENOBUFS = -105;

    private final List<Throwable> failed = new ArrayList<>();
    private int refusals;
    private int sentWhole;
    private int sentEach;
    private Function<Boolean, Optional<Exception>> kernel = cut -> Optional.empty();

    /** Its answer to what is to be cut, and to what is not. */
    private final class Kernel extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise written) {
            boolean cut = !(message instanceof ByteBuf);
            Optional<Exception> problem = kernel.apply(cut);
            ReferenceCountUtil.release(message);
            if (problem.isPresent()) {
                written.setFailure(problem.get());
            } else {
                sentWhole += cut ? 1 : 0;
                sentEach += cut ? 0 : 1;
                written.setSuccess();
            }
        }
    }

    private final class Heard implements LinkSocket.Failures {
        @Override
        public void refused(long nowNanos) {
            refusals++;
        }

        @Override
        public void failed(Throwable cause, long nowNanos) {
            failed.add(cause);
        }
    }

    private LinkSocket socket(SocketKind kind) {
        KernelSockets sockets = KernelSockets.of(kind);
        return new LinkSocket(new EmbeddedChannel(new Kernel()), THERE, sockets, new LinkCounters(kind));
    }

    private void send(LinkSocket socket) {
        ByteBuf bytes = Unpooled.buffer().writeZero(DATAGRAMS * DATAGRAM_BYTES);
        socket.send(new Batch(bytes, DATAGRAM_BYTES), new Heard(), 0);
        assertThat(bytes.refCnt()).isZero();
    }

    /** Those that can leave it to the kernel to cut a batch. */
    static Stream<SocketKind> cutting() {
        return Carriage.here().stream()
                .map(Carriage::sockets)
                .distinct()
                .filter(kind -> KernelSockets.of(kind).canCut());
    }

    static Stream<SocketKind> all() {
        return Carriage.here().stream().map(Carriage::sockets).distinct();
    }

    @ParameterizedTest
    @MethodSource("all")
    void whatIsNotSentIsToldForEachDatagram(SocketKind kind) {
        kernel = cut -> Optional.of(new IOException("Network is unreachable"));
        send(socket(kind));
        assertThat(failed).hasSize(DATAGRAMS);
        assertThat(refusals).isZero();
    }

    @ParameterizedTest
    @MethodSource("all")
    void aRefusalIsNoErrorAndCostsNoDatagram(SocketKind kind) {
        Exception[] once = {new PortUnreachableException()};
        kernel = cut -> {
            Optional<Exception> problem = Optional.ofNullable(once[0]);
            once[0] = null;
            return problem;
        };
        send(socket(kind));
        assertThat(refusals).isEqualTo(1);
        assertThat(sentEach).isEqualTo(DATAGRAMS);
        assertThat(failed).isEmpty();
    }

    @Test
    void whatWasStillToBeSentWhenTheSocketWasClosedIsNoError() {
        kernel = cut -> Optional.of(new ClosedChannelException());
        send(socket(SocketKind.NIO));
        assertThat(failed).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("cutting")
    void whatThePathCanNotCutGoesOneByOneFromThenOn(SocketKind kind) {
        LinkSocket socket = socket(kind);
        kernel = cut -> cut ? Optional.of(new NativeIoException("sendmmsg", EIO)) : Optional.empty();
        send(socket);
        kernel = cut -> Optional.empty();
        send(socket);
        assertThat(sentEach).isEqualTo(2 * DATAGRAMS);
        assertThat(sentWhole).isZero();
        assertThat(failed).isEmpty();
    }

    /** No route, no buffer, no address: that passes. */
    @ParameterizedTest
    @MethodSource("cutting")
    void aNetworkThatWasDownIsNoReasonNotToCut(SocketKind kind) {
        for (int error : new int[] {ENETUNREACH, ENOBUFS, EINVAL}) {
            LinkSocket socket = socket(kind);
            failed.clear();
            sentWhole = 0;
            kernel = cut -> Optional.of(new NativeIoException("sendmmsg", error));
            send(socket);
            assertThat(failed).hasSize(DATAGRAMS);
            kernel = cut -> Optional.empty();
            send(socket);
            assertThat(sentWhole).as("error %d", error).isEqualTo(1);
        }
    }
}
