package dev.ha4j.totem.netty;

import java.util.List;

/**
 * How several links are used.
 *
 * @param policy which of them carry a packet
 * @param priorities of link 0, 1, ...; the highest goes first ({@code knet_link_priority}). Links that are not named have 0
 */
public record LinkOptions(LinkPolicy policy, List<Integer> priorities) {

    /** Passive, the link with the lowest number first. */
    public static final LinkOptions DEFAULTS = new LinkOptions(LinkPolicy.PASSIVE, List.of());

    public LinkOptions {
        priorities = List.copyOf(priorities);
    }

    int priority(int link) {
        return link < priorities.size() ? priorities.get(link) : 0;
    }
}
