package dev.ha4j.totem.core;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.RingTime;
import dev.ha4j.totem.JoinMessage;
import dev.ha4j.totem.Scope;
import java.util.SortedSet;

/** Says good-bye, more than once because packets get lost, and ends. */
final class Leaving extends State {

    private static final int GOOD_BYES = 3;
    private static final int INTERVALS_PER_JOIN = 10;

    private int said;

    Leaving(Protocol node) {
        super(node);
    }

    @Override
    String name() {
        return "leaving";
    }

    @Override
    void enter(long now) {
        node.timers.cancelAll();
        sayGoodBye(now);
    }

    @Override
    void onTimer(Timers.Name timer, long now) {
        if (timer == Timers.Name.LEAVE) {
            sayGoodBye(now);
        }
    }

    private void sayGoodBye(long now) {
        if (said++ == GOOD_BYES) {
            node.endCleanly(now);
            return;
        }
        SortedSet<NodeId> self = Sets.of(node.self);
        SortedSet<NodeId> others = node.installed.view.without(node.self);
        node.transport.multicast(
                new JoinMessage(node.self, others, self, Sets.of(), self, Sets.of(), node.highestRingSequence, true),
                new Scope.AllConfigured());
        node.timers.set(Timers.Name.LEAVE, now + node.config.nanos(RingTime.JOIN) / INTERVALS_PER_JOIN);
    }
}
