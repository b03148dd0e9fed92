package dev.ha4j.node.assembly;

import dev.ha4j.controller.Lane;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What this node has on its way to the total order, counted from submission to delivery and for each lane. The bounds are
 * lower than those of the ring's own queues, which therefore have room for all that is admitted here.
 */
final class OutgoingBounds {

    /** Messages of one lane that may be on their way. */
    static final int MAX_MESSAGES = 4_096;

    private final int maxBytes;
    private final Map<Long, Message> onTheirWay = new HashMap<>();
    private final Map<Lane, Load> loads = new EnumMap<>(Lane.class);
    private long lastId;

    private record Message(Lane lane, int bytes) {}

    private record Load(long bytes, int messages) {
        static final Load NONE = new Load(0, 0);

        Load plus(int moreBytes, int moreMessages) {
            return new Load(bytes + moreBytes, messages + moreMessages);
        }
    }

    OutgoingBounds(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** The number under which the message goes; empty if there is no room. A message too large for any room is never let in. */
    OptionalLong admit(Lane lane, int bytes) {
        Load load = loads.getOrDefault(lane, Load.NONE).plus(bytes, 1);
        if (load.bytes() > maxBytes || load.messages() > MAX_MESSAGES) {
            return OptionalLong.empty();
        }
        loads.put(lane, load);
        onTheirWay.put(++lastId, new Message(lane, bytes));
        return OptionalLong.of(lastId);
    }

    void release(long id) {
        Message message = onTheirWay.remove(id);
        if (message != null) {
            loads.put(
                    message.lane(),
                    loads.getOrDefault(message.lane(), Load.NONE).plus(-message.bytes(), -1));
        }
    }
}
