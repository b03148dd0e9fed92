package dev.ha4j.api.state;

import java.util.Objects;

/**
 * What this cluster has of a ticket.
 *
 * @param granted whether it has it
 * @param standby whether it is about to give it up: what depends on it is stopped or demoted in peace, whatever its loss policy
 * @param grantedMillis when it was granted last; 0 if it never was
 * @param by who changed it last, and why
 */
public record TicketStatus(boolean granted, boolean standby, long grantedMillis, String by) {

    /** A ticket that this cluster never had. */
    public static final TicketStatus NONE = new TicketStatus(false, false, 0, "");

    public TicketStatus {
        Objects.requireNonNull(by, "by");
    }

    /** Whether what depends on it may run. */
    public boolean isUsable() {
        return granted && !standby;
    }
}
