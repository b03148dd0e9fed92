package dev.ha4j.totem.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;

/** Sends datagrams to where its channel is connected to. On the loop only. */
final class LinkSocket {

    private final Channel channel;
    private final InetSocketAddress to;
    private final KernelSockets sockets;
    private final LinkCounters counters;
    private boolean cuts;
    private boolean doubtsCutting;

    /** Who hears what the kernel didn't send. */
    interface Failures {

        /** Nobody listens there, as the answer to an earlier datagram says. */
        void refused(long nowNanos);

        /** One datagram was not sent, for any other reason. */
        void failed(Throwable cause, long nowNanos);
    }

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

    /** Takes the batch over. While the kernel takes nothing, as much waits as its own buffer would hold; the rest is dropped. */
    void send(Batch batch, Failures failures, long nowNanos) {
        if (!channel.isWritable()) {
            drop(batch, failures, nowNanos);
            return;
        }
        counters.packetsOut(batch.count());
        if (cuts && batch.count() > 1) {
            sendCut(batch, failures, nowNanos);
        } else {
            sendEach(batch, failures, nowNanos);
        }
        channel.flush();
    }

    private static void drop(Batch batch, Failures failures, long nowNanos) {
        IOException cause = new IOException("the kernel takes nothing for now, and enough waits for it");
        for (int i = 0; i < batch.count(); i++) {
            failures.failed(cause, nowNanos);
        }
        batch.release();
    }

    private void sendEach(Batch batch, Failures failures, long nowNanos) {
        for (int i = 0; i < batch.count(); i++) {
            sendOne(batch.datagram(i), failures, nowNanos);
        }
        batch.release();
    }

    private void sendOne(ByteBuf datagram, Failures failures, long nowNanos) {
        ByteBuf again = datagram.retainedDuplicate();
        channel.write(datagram).addListener(written -> {
            if (isRefused(written)) {
                failures.refused(nowNanos);
                sendAgain(again, failures, nowNanos);
            } else {
                again.release();
                judge(written, failures, nowNanos);
            }
        });
    }

    /** A refusal of an earlier datagram fails the write of this one, which then has not been sent. So it is tried again. */
    private void sendAgain(ByteBuf datagram, Failures failures, long nowNanos) {
        counters.packetsOut(1);
        channel.writeAndFlush(datagram).addListener(written -> {
            if (isRefused(written)) {
                failures.refused(nowNanos);
            } else {
                judge(written, failures, nowNanos);
            }
        });
    }

    /** What goes one by one and didn't go in one piece can't be cut, by this network card or on this path. */
    private void judge(Future<?> written, Failures failures, long nowNanos) {
        if (written.isSuccess()) {
            cuts = cuts && !doubtsCutting;
        } else if (!(written.cause() instanceof ClosedChannelException)) {
            failures.failed(written.cause(), nowNanos);
        }
        doubtsCutting = false;
    }

    private void sendCut(Batch batch, Failures failures, long nowNanos) {
        Batch again = batch.retained();
        channel.write(sockets.cut(batch.bytes(), batch.datagramBytes(), to)).addListener(written -> {
            if (written.isSuccess()) {
                again.release();
                doubtsCutting = false;
                return;
            }
            if (isRefused(written)) {
                failures.refused(nowNanos);
            }
            doubtsCutting = sockets.mayNotCut(written.cause());
            sendEach(again, failures, nowNanos);
            channel.flush();
        });
    }

    private boolean isRefused(Future<?> written) {
        return written.cause() != null && sockets.isRefusal(written.cause());
    }
}
