package dev.ha4j.corosync.node;

import dev.ha4j.api.NodeId;
import dev.ha4j.corosync.srp.OrderedMessage;
import dev.ha4j.corosync.srp.SrpCodec;
import dev.ha4j.corosync.srp.SrpMessage;
import dev.ha4j.corosync.wire.Malformed;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads what came from a node. Messages of others it only sends if they have their place in the order: it may repeat those for the rest.
 *
 * @param count hears why a message was refused
 */
record Sources(Consumer<String> count) {

    Optional<SrpMessage> read(NodeId source, byte[] packet) {
        try {
            SrpMessage message = SrpCodec.decode(packet);
            if (message instanceof OrderedMessage || message.sender().equals(source)) {
                return Optional.of(message);
            }
            count.accept("sender at another's address");
        } catch (Malformed malformed) {
            count.accept(malformed.reason());
        }
        return Optional.empty();
    }
}
