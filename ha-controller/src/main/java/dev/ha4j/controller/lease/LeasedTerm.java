package dev.ha4j.controller.lease;

import dev.ha4j.api.Term;

/** A term that is carried by a node's lease. */
record LeasedTerm(NodeLease lease, String resource, long token) implements Term {

    @Override
    public boolean isHeld() {
        return lease.isHeld(token);
    }

    @Override
    public String toString() {
        return "term " + token + " of " + resource;
    }
}
