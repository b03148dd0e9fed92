package dev.ha4j.totem.wire;

import dev.ha4j.api.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * Sets of nodes of which a message names the same ones again and again: each is written where it is named first, and from there on
 * goes by its number. A number that is the next one says that a new set follows.
 */
final class SharedNodes {

    private final List<SortedSet<NodeId>> sets = new ArrayList<>();
    private final Map<SortedSet<NodeId>, Integer> numbers = new LinkedHashMap<>();

    void write(SortedSet<NodeId> nodes, PacketWriter out) {
        Integer number = numbers.get(nodes);
        if (number == null) {
            out.u16(sets.size()).nodes(nodes);
            add(nodes);
        } else {
            out.u16(number);
        }
    }

    SortedSet<NodeId> read(PacketReader in) throws Malformed {
        int number = in.u16();
        if (number > sets.size()) {
            throw new Malformed("unknown set of nodes");
        }
        if (number == sets.size()) {
            SortedSet<NodeId> nodes = in.nodes();
            if (numbers.containsKey(nodes)) {
                throw new Malformed("the same nodes twice");
            }
            add(nodes);
        }
        return sets.get(number);
    }

    private void add(SortedSet<NodeId> nodes) {
        numbers.put(nodes, sets.size());
        sets.add(nodes);
    }
}
