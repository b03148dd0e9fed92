package dev.ha4j.totem.security.packet;

import dev.ha4j.api.NodeId;

/** Whether a datagram's source address is one of those configured for the node that it claims to come from. */
@FunctionalInterface
public interface SourceCheck {

    /** For networks without addresses, such as a simulated one. */
    SourceCheck ANY = sender -> true;

    boolean allows(NodeId sender);
}
