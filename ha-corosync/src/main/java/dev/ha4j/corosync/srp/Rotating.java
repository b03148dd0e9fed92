package dev.ha4j.corosync.srp;

/** A state in which the token goes round: keeps what was passed on, to pass it on again if it was lost. */
abstract class Rotating extends State {

    final Ring ring;
    final Rotation rotation;
    SrpMessage passed;

    Rotating(Protocol node, Ring ring, Rotation rotation, SrpMessage passed) {
        super(node);
        this.ring = ring;
        this.rotation = rotation;
        this.passed = passed;
    }

    final void pass(SrpMessage token, long now) {
        keep(token, now);
        node.transport.send(ring.nextAfter(node.self), token);
    }

    final void keep(SrpMessage token, long now) {
        passed = token;
        node.timers.set(Timers.Name.TOKEN_LOSS, now + node.config.tokenTimeoutNanos());
        retransmitLater(now);
    }

    final void passAgain(long now) {
        node.transport.send(ring.nextAfter(node.self), passed);
        retransmitLater(now);
    }

    private void retransmitLater(long now) {
        node.timers.set(Timers.Name.TOKEN_RETRANSMIT, now + node.config.tokenRetransmitNanos());
    }

    abstract void onTokenLost(long now);

    @Override
    void onTimer(Timers.Name timer, long now) {
        switch (timer) {
            case TOKEN_LOSS -> onTokenLost(now);
            case TOKEN_RETRANSMIT -> {
                node.count("token retransmitted");
                passAgain(now);
            }
            case HOLD -> passAgain(now);
            default -> {}
        }
    }
}
