package dev.ha4j.totem.core;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.Token;
import java.util.Optional;

/**
 * The token in this node's hands.
 *
 * @param lender who has to be taken for the one before, if the token is here out of turn
 */
record Possession(Token token, Optional<NodeId> lender) {

    static Possession inTurn(Token token) {
        return new Possession(token, Optional.empty());
    }

    static Possession lentBy(NodeId lender, Token token) {
        return new Possession(token, Optional.of(lender));
    }

    boolean isInTurn() {
        return lender.isEmpty();
    }

    Possession with(Token changed) {
        return new Possession(changed, lender);
    }
}
