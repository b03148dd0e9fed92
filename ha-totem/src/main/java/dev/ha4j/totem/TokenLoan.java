package dev.ha4j.totem;

import dev.ha4j.api.NodeId;

/**
 * The token of a quiet ring, for a member that asked for it, before its turn. The member sends some of what it has, and passes the
 * token on to whose turn it is, the lender's successor, or to another that asks.
 *
 * @param lender who had it in its turn
 */
public record TokenLoan(Token token, NodeId lender) implements TotemMessage {}
