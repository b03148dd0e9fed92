package dev.ha4j.fencing.ipmi.testkit;

/** The chassis control commands (IPMI 2.0, table 28-4) that the simulator understands. */
enum PowerOrder {
    OFF,
    ON,
    CYCLE,
    RESET,
    UNSUPPORTED;

    /** A soft shutdown needs an operating system, and a diagnostic interrupt a processor. */
    static PowerOrder of(int code) {
        return switch (code) {
            case 0 -> OFF;
            case 1 -> ON;
            case 2 -> CYCLE;
            case 3 -> RESET;
            default -> UNSUPPORTED;
        };
    }
}
