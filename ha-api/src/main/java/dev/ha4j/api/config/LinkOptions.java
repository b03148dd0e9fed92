package dev.ha4j.api.config;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * How several links are used. Each node may choose for itself; the others hear it on any of its links.
 *
 * @param policy which of them carry a packet
 * @param priorities of link 0, 1, ...; the highest goes first ({@code knet_link_priority}). Links that are not named have 0
 * @param answersUntilUp a link is up after so many answered pings in a row ({@code knet_pong_count}); each time it goes down it
 *     takes twice as many, up to sixteen times, until it has been up for long
 */
public record LinkOptions(LinkPolicy policy, List<Integer> priorities, int answersUntilUp) {

    /** Passive, the link with the lowest number first. */
    public static final LinkOptions DEFAULTS = new LinkOptions(LinkPolicy.PASSIVE, List.of(), 2);

    public LinkOptions {
        Objects.requireNonNull(policy, "policy");
        priorities = List.copyOf(priorities);
    }

    /** All links alike, used in this way. */
    public static LinkOptions of(LinkPolicy policy) {
        return DEFAULTS.withPolicy(policy);
    }

    public LinkOptions withPolicy(LinkPolicy value) {
        return new LinkOptions(value, priorities, answersUntilUp);
    }

    /** The same with these priorities of link 0, 1, ... */
    public LinkOptions priorities(int... ofLinks) {
        return new LinkOptions(policy, Arrays.stream(ofLinks).boxed().toList(), answersUntilUp);
    }

    public LinkOptions withAnswersUntilUp(int value) {
        return new LinkOptions(policy, priorities, value);
    }

    /** Of one link. */
    public int priority(int link) {
        return link < priorities.size() ? priorities.get(link) : 0;
    }
}
