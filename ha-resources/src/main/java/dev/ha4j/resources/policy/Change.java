package dev.ha4j.resources.policy;

import org.jspecify.annotations.Nullable;

/**
 * What a plan means for one resource, or for one node, as a person would say it.
 *
 * @param what the kind of change
 * @param subject name of the resource or the node
 * @param from where a resource is now; of a guest that is fenced, the resource that launches it
 * @param to where it will be
 * @param fromRole its role now
 * @param toRole its role afterwards
 * @param detail the fencing action, for {@link What#FENCE}
 * @param reason why, in the scheduler's words
 * @param blocked whether it is wanted but can't be done
 */
public record Change(
        What what,
        String subject,
        @Nullable String from,
        @Nullable String to,
        Role fromRole,
        Role toRole,
        @Nullable String detail,
        @Nullable String reason,
        boolean blocked) {

    /** Kinds of changes. */
    public enum What {
        FENCE("Fence"),
        SHUTDOWN("Shutdown"),
        START("Start"),
        STOP("Stop"),
        RESTART("Restart"),
        RECOVER("Recover"),
        MOVE("Move"),
        MIGRATE("Migrate"),
        RELOAD("Reload"),
        PROMOTE("Promote"),
        DEMOTE("Demote"),
        REPROMOTE("Re-promote");

        private final String text;

        What(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
