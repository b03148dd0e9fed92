package dev.ha4j.corosync.srp;

import dev.ha4j.api.NodeId;

/** What nodes of a ring say to each other. */
public sealed interface SrpMessage permits CommitToken, HoldCancel, JoinMessage, MergeDetect, OrderedMessage, Token {

    /** Who sent it; an {@link OrderedMessage} may have been sent again by another. */
    NodeId sender();
}
