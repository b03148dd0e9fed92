package dev.ha4j.totem.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.function.LongConsumer;

/** Sends datagrams to where its channel is connected to. On the loop only. */
final class LinkSocket {

    private final Channel channel;
    private final InetSocketAddress to;
    private final KernelSockets sockets;
    private final LinkCounters counters;
    private boolean cuts;

    LinkSocket(Channel channel, InetSocketAddress to, KernelSockets sockets, LinkCounters counters) {
        this.channel = channel;
        this.to = to;
        this.sockets = sockets;
        this.counters = counters;
        this.cuts = sockets.canCut();
    }

    Channel channel() {
        return channel;
    }

    /**
     * Takes the batch over.
     *
     * @param refused is told the time when the kernel reports that nobody listens there
     */
    void send(Batch batch, LongConsumer refused, long nowNanos) {
        counters.packetsOut(batch.count());
        if (cuts && batch.count() > 1) {
            sendCut(batch, refused, nowNanos);
        } else {
            sendEach(batch, refused, nowNanos);
        }
        channel.flush();
    }

    private void sendEach(Batch batch, LongConsumer refused, long nowNanos) {
        for (int i = 0; i < batch.count(); i++) {
            sendOne(batch.datagram(i), refused, nowNanos);
        }
        batch.release();
    }

    private void sendOne(ByteBuf datagram, LongConsumer refused, long nowNanos) {
        ByteBuf again = datagram.retainedDuplicate();
        channel.write(datagram).addListener(written -> {
            if (isRefused(written)) {
                refused.accept(nowNanos);
                sendAgain(again, refused, nowNanos);
            } else {
                again.release();
            }
        });
    }

    /** A refusal of an earlier datagram fails the write of this one, which then has not been sent. So it is tried again. */
    private void sendAgain(ByteBuf datagram, LongConsumer refused, long nowNanos) {
        counters.packetsOut(1);
        channel.writeAndFlush(datagram).addListener(written -> {
            if (isRefused(written)) {
                refused.accept(nowNanos);
            }
        });
    }

    /** Where the network card or the path doesn't allow it, the kernel says so, and it is not tried again. */
    private void sendCut(Batch batch, LongConsumer refused, long nowNanos) {
        Batch again = batch.retained();
        channel.write(sockets.cut(batch.bytes(), batch.datagramBytes(), to)).addListener(written -> {
            if (written.isSuccess()) {
                again.release();
                return;
            }
            if (isRefused(written)) {
                refused.accept(nowNanos);
            } else {
                cuts = false;
            }
            sendEach(again, refused, nowNanos);
            channel.flush();
        });
    }

    private boolean isRefused(Future<?> written) {
        return written.cause() != null && sockets.isRefusal(written.cause());
    }
}
