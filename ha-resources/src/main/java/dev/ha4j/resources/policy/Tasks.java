package dev.ha4j.resources.policy;

/** Names of what is done with resources. */
final class Tasks {
    static final String MONITOR = "monitor";
    static final String START = "start";
    static final String RUNNING = "running";
    static final String STOP = "stop";
    static final String STOPPED = "stopped";
    static final String PROMOTE = "promote";
    static final String PROMOTED = "promoted";
    static final String DEMOTE = "demote";
    static final String DEMOTED = "demoted";
    static final String MIGRATE_TO = "migrate_to";
    static final String MIGRATE_FROM = "migrate_from";
    static final String RELOAD = "reload-agent";
    static final String CANCEL = "cancel";
    static final String DELETE = "delete";
    static final String LRM_DELETE = "lrm_delete";
    static final String NOTIFY = "notify";
    static final String NOTIFIED = "notified";
    static final String CLEAR_FAILCOUNT = "clear_failcount";
    static final String FENCE = "stonith";
    static final String SHUTDOWN = "do_shutdown";

    private Tasks() {}

    /** The event that says that a collective has done this, or the task itself. */
    static String completion(String task) {
        return switch (task) {
            case START -> RUNNING;
            case STOP -> STOPPED;
            case PROMOTE -> PROMOTED;
            case DEMOTE -> DEMOTED;
            default -> task;
        };
    }

    static boolean isCompletion(String task) {
        return switch (task) {
            case RUNNING, STOPPED, PROMOTED, DEMOTED -> true;
            default -> false;
        };
    }

    /** The task whose end this event says, or the task itself. */
    static String begun(String task) {
        return switch (task) {
            case RUNNING -> START;
            case STOPPED -> STOP;
            case PROMOTED -> PROMOTE;
            case DEMOTED -> DEMOTE;
            default -> task;
        };
    }

    /** What undoes it; empty if nothing does. */
    static String inverse(String task) {
        return switch (task) {
            case START -> STOP;
            case STOP -> START;
            case PROMOTE -> DEMOTE;
            case DEMOTE -> PROMOTE;
            case RUNNING -> STOPPED;
            case STOPPED -> RUNNING;
            case PROMOTED -> DEMOTED;
            case DEMOTED -> PROMOTED;
            default -> "";
        };
    }
}
