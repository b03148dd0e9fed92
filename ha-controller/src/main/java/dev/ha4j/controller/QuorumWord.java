package dev.ha4j.controller;

import dev.ha4j.api.NodeId;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What an operator says to a partition without quorum, so that it goes on. Kept with name and reason. */
public sealed interface QuorumWord {

    String operator();

    String reason();

    /** What was said, in words. */
    String text();

    /** Who, and why. */
    default String by() {
        return operator() + " (" + reason() + ")";
    }

    /** Nobody waits for all any longer ({@code cancel_wait_for_all}): a majority is enough for the first quorum. */
    record CancelWaitForAll(String operator, String reason) implements QuorumWord {
        public CancelWaitForAll {
            Request.requireSigned("a cancellation of waitForAll", operator, reason);
        }

        @Override
        public String text() {
            return "nobody waits for all any longer";
        }
    }

    /**
     * The declared are down, and don't come back before the time is over without meeting those who go on.
     *
     * @param declared configured nodes that are not here
     * @param length for how long they are not expected, from {@link #SHORTEST} to {@link #LONGEST}
     * @param forced whether that is to hold though some may be alive
     * @param wallMillis when it was said, by the wall clock of the node that was asked
     */
    record Unblock(
            SortedSet<NodeId> declared,
            Duration length,
            boolean forced,
            String operator,
            String reason,
            long wallMillis)
            implements QuorumWord {

        public static final Duration SHORTEST = Duration.ofSeconds(1);
        public static final Duration LONGEST = Duration.ofDays(7);

        public Unblock {
            declared = Collections.unmodifiableSortedSet(new TreeSet<>(declared));
            Request.requireSigned("a word that unblocks", operator, reason);
            if (declared.isEmpty()) {
                throw new IllegalArgumentException("name the nodes that are down");
            }
            requireTime(length);
        }

        static void requireTime(Duration length) {
            if (length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(
                        "a partition is unblocked for " + SHORTEST.toSeconds() + " s to " + LONGEST.toDays()
                                + " days, not for " + length + "; take nodes that are gone for good out of the"
                                + " configuration meanwhile");
            }
        }

        @Override
        public String text() {
            String nodes = declared.stream().map(NodeId::toString).collect(Collectors.joining(", "));
            return "nodes " + nodes + " are down, and not expected for " + length.toSeconds() + " s"
                    + (forced ? "; forced, though the other side may be alive" : "");
        }
    }
}
