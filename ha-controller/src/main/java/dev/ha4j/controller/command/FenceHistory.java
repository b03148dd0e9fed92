package dev.ha4j.controller.command;

import dev.ha4j.api.state.FenceLedger;
import dev.ha4j.api.state.FenceRecord;

/** Closes fencing operations in the ledger. */
final class FenceHistory {

    private FenceHistory() {}

    /** Closes, and never gives the number of a record out again. */
    static FenceLedger close(FenceLedger ledger, FenceRecord record) {
        FenceLedger closed = ledger.close(record);
        return new FenceLedger(Math.max(closed.lastId(), record.id()), closed.open(), closed.history());
    }
}
