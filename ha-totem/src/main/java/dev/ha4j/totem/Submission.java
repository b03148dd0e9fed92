package dev.ha4j.totem;

/** Answer to {@link TotemRing#submit}. */
public sealed interface Submission {

    /**
     * The message is queued. It ends in exactly one of {@link RingListener#delivered} with this id and
     * {@link RingListener#indeterminate}.
     *
     * @param id rises by one with each accepted submission of this {@link TotemRing}, from 1
     */
    record Accepted(long id) implements Submission {}

    /**
     * The lane is full, the message is too large, or the ring is over: nothing was queued, nothing will be reported. A full lane has
     * room again after an own message of it was delivered; over UDP, {@link dev.ha4j.totem.netty.UdpRing#sendAsync} waits for that.
     */
    record WouldBlock() implements Submission {}
}
