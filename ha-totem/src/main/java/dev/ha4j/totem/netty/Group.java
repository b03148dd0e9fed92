package dev.ha4j.totem.netty;

import io.netty.channel.Channel;
import java.util.List;

/**
 * The multicast group of one link. A peer gets packets through it only while it answers the pings that go through it, which are as
 * large as datagrams may be. On the loop only.
 */
final class Group implements LinkSocket.Failures {

    private final LinkSocket out;
    private final Channel in;
    private final DatagramHandlers.Receiver receiver;
    private final int datagramBytes;
    private final SendErrors errors = new SendErrors("the multicast group");
    private int link;

    /** @param datagramBytes the largest that this node's interface takes */
    Group(int link, LinkSocket out, Channel in, DatagramHandlers.Receiver receiver, int datagramBytes) {
        this.link = link;
        this.out = out;
        this.in = in;
        this.receiver = receiver;
        this.datagramBytes = datagramBytes;
    }

    int link() {
        return link;
    }

    /** The same network has another place among the node's links now. */
    void renumber(int newLink) {
        link = newLink;
        receiver.renumber(newLink);
    }

    List<Channel> channels() {
        return List.of(out.channel(), in);
    }

    int datagramBytes() {
        return datagramBytes;
    }

    /** Takes the batch over. */
    void send(Batch batch, long nowNanos) {
        out.send(batch, this, nowNanos);
    }

    /** Nobody is asked for an answer. */
    @Override
    public void refused(long nowNanos) {}

    @Override
    public void failed(Throwable cause, long nowNanos) {
        errors.failed(cause, nowNanos);
    }
}
