package dev.ha4j.fencing.ipmi;

/** The privilege level that a session asks for; both may switch the power. */
public enum Privilege {
    /** Enough for power control, and the least that is. */
    OPERATOR(3),
    /** What most BMCs are set up with; the default. */
    ADMINISTRATOR(4);

    /** Look the user up by name alone, whatever level it was created with. */
    private static final int NAME_ONLY_LOOKUP = 0x10;

    private final int level;

    Privilege(int level) {
        this.level = level;
    }

    int level() {
        return level;
    }

    int role() {
        return level | NAME_ONLY_LOOKUP;
    }
}
