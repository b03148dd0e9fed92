package dev.ha4j.totem.core;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.Fragment;
import dev.ha4j.totem.Lane;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Puts fragmented messages together. Each sender can have one unfinished message per lane, each up to the message limit;
 * what breaks these rules is thrown away, at all members alike, for all see the same fragments in the same order.
 */
final class Assembler {

    private static final int MAX_UNFINISHED = Lane.values().length;

    private final int maxMessageBytes;
    private final Map<NodeId, TreeMap<Long, Unfinished>> senders = new TreeMap<>();

    Assembler(int maxMessageBytes) {
        this.maxMessageBytes = maxMessageBytes;
    }

    /** The whole message if this was its last part. */
    Optional<byte[]> add(NodeId sender, Fragment fragment) {
        if (fragment.index() == 0 && fragment.last()) {
            return Optional.of(fragment.payload());
        }
        TreeMap<Long, Unfinished> unfinished = senders.computeIfAbsent(sender, s -> new TreeMap<>());
        if (fragment.index() == 0 && unfinished.size() < MAX_UNFINISHED) {
            unfinished.put(fragment.submissionId(), new Unfinished());
        }
        Unfinished message = unfinished.get(fragment.submissionId());
        if (message == null) {
            return Optional.empty();
        }
        if (!message.append(fragment, maxMessageBytes)) {
            unfinished.remove(fragment.submissionId());
            return Optional.empty();
        }
        if (!fragment.last()) {
            return Optional.empty();
        }
        unfinished.remove(fragment.submissionId());
        return Optional.of(message.join());
    }

    private static final class Unfinished {
        private final List<Fragment> parts = new ArrayList<>();
        private int bytes;

        boolean append(Fragment fragment, int maxBytes) {
            boolean fits = fragment.index() == parts.size() && fragment.length() <= maxBytes - bytes;
            if (fits) {
                parts.add(fragment);
                bytes += fragment.length();
            }
            return fits;
        }

        byte[] join() {
            byte[] first = parts.get(0).array();
            return isCutFrom(first) ? first : copied();
        }

        /** Its sender still has the message as it was submitted. */
        @SuppressWarnings("ReferenceEquality")
        private boolean isCutFrom(byte[] whole) {
            int at = 0;
            for (Fragment part : parts) {
                if (part.array() != whole || part.from() != at) {
                    return false;
                }
                at += part.length();
            }
            return at == whole.length;
        }

        private byte[] copied() {
            byte[] whole = Arrays.copyOf(parts.get(0).payload(), bytes);
            int at = parts.get(0).length();
            for (Fragment part : parts.subList(1, parts.size())) {
                System.arraycopy(part.array(), part.from(), whole, at, part.length());
                at += part.length();
            }
            return whole;
        }
    }
}
