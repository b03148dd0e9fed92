package dev.ha4j.corosync.srp;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.RingId;

/** The ring is installed: messages are ordered by the token and delivered. */
final class Operational extends Rotating {

    private boolean held;

    Operational(Protocol node, Ring ring, Rotation rotation, SrpMessage passed) {
        super(node, ring, rotation, passed);
    }

    @Override
    String name() {
        return "operational";
    }

    @Override
    void enter(long now) {
        node.timers.cancel(Timers.Name.MERGE);
    }

    @Override
    void onToken(Token token, long now) {
        if (!rotation.isNew(token)) {
            return;
        }
        ring.window.releaseUpTo(rotation.releasable(token, rotation.lastReceivedUpTo()));
        Token next = rotation.visit(token, node.outgoing, now);
        if (rotation.failsToReceive()) {
            Proposal others = Proposal.of(ring.members).withFailed(Sets.of(node.self));
            node.transition(new Gather(node, others), "fails to receive", now);
            return;
        }
        passOrHold(token, next, now);
        node.deliver(ring);
    }

    private void passOrHold(Token token, Token next, long now) {
        node.timers.cancel(Timers.Name.HOLD);
        boolean busy = next.sequence() != token.sequence();
        boolean representative = ring.isRepresentative(node.self);
        int limit = representative ? node.config.idleRotations() + 1 : node.config.idleRotations();
        held = !busy && rotation.idleRotations() >= limit;
        if (held && representative && !hasToServe(token)) {
            keep(next, now);
            node.timers.set(Timers.Name.HOLD, now + node.config.holdNanos());
        } else {
            pass(next, now);
        }
        showRing(busy, now);
    }

    private boolean hasToServe(Token token) {
        return node.config.requestsPreventHold() && !token.requests().isEmpty();
    }

    /** To nodes that are not in it: while idle by a message of its own, else by sending an ordered one to all. */
    private void showRing(boolean busy, long now) {
        if (!busy && rotation.idleRotations() > 0) {
            if (!node.timers.isSet(Timers.Name.MERGE)) {
                node.timers.set(Timers.Name.MERGE, now + node.config.mergeNanos());
            }
        } else {
            node.timers.cancel(Timers.Name.MERGE);
        }
    }

    /** An idle ring has to be woken at the representative, which holds the token. */
    @Override
    void onWorkToDo(long now) {
        if (held) {
            held = false;
            HoldCancel cancel = new HoldCancel(node.self, ring.id);
            node.toAll(cancel);
            onHoldCancel(cancel, now);
        }
    }

    @Override
    void onHoldCancel(HoldCancel message, long now) {
        if (message.ring().equals(ring.id)) {
            rotation.endIdleness();
            if (ring.isRepresentative(node.self)) {
                node.timers.cancel(Timers.Name.HOLD);
                passAgain(now);
            }
        }
    }

    @Override
    void onOrdered(OrderedMessage message, long now) {
        if (message.ring().equals(ring.id)) {
            ring.add(message);
            node.deliver(ring);
        } else {
            foreign(message.sender(), message.ring(), now);
        }
    }

    @Override
    void onMergeDetect(MergeDetect message, long now) {
        foreign(message.sender(), message.ring(), now);
    }

    private void foreign(NodeId sender, RingId from, long now) {
        boolean late = ring.members.contains(sender) && from.sequence() < ring.id.sequence();
        if (!from.equals(ring.id) && !late) {
            Proposal proposal = Proposal.of(ring.members).withProcess(sender);
            node.transition(new Gather(node, proposal), "ring " + from + " is there too", now);
        }
    }

    @Override
    void onJoin(JoinMessage join, long now) {
        boolean stale = ring.members.contains(join.sender()) && join.ringSequence() < ring.id.sequence();
        if (stale || join.failed().contains(node.self)) {
            node.count("ignored join");
            return;
        }
        Proposal proposal = Proposal.of(ring.members).merge(join, node.self, ring.members);
        String what = join.leaving() ? " leaves" : " joins";
        node.transition(new Gather(node, proposal), join.sender() + what, now);
        node.state().onJoin(join, now);
    }

    @Override
    void onTimer(Timers.Name timer, long now) {
        if (timer == Timers.Name.MERGE) {
            if (ring.isRepresentative(node.self)) {
                node.toAll(new MergeDetect(node.self, ring.id));
            }
        } else {
            super.onTimer(timer, now);
        }
    }

    @Override
    void onTokenLost(long now) {
        node.pace.lost();
        node.transition(new Gather(node, Proposal.of(ring.members)), "token lost", now);
    }
}
