package dev.ha4j.totem.netty;

import dev.ha4j.api.NodeId;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Messages that are larger than the datagrams of their way go in parts: those about the membership of large rings, and those that
 * were packed before the way became narrower. A part has {@code message 4 | index 1 | count 1 | bytes}. On the loop only.
 */
final class Parts {

    /** What a part has besides its bytes of the message, the frame's kind included. */
    static final int HEADER_BYTES = 1 + Integer.BYTES + 2;

    static final int MAX_PARTS = 255;

    /**
     * Of a whole message, however small datagrams are: more than the largest packet, and more than a commit token of 384 nodes has
     * even after dozens of recoveries that broke off late, each with obligations of its own.
     */
    static final int MAX_MESSAGE_BYTES = 1 << 16;

    /** Of each sender. Reordering mixes the parts of some messages; what was sent before so many others will not be completed. */
    private static final int MAX_UNFINISHED = 8;

    private final int maxMessageBytes;
    private final Map<NodeId, Map<Integer, Unfinished>> bySender = new TreeMap<>();

    Parts(int maxMessageBytes) {
        this.maxMessageBytes = maxMessageBytes;
    }

    /** A new life of the sender counts its messages anew. */
    void forget(NodeId sender) {
        bySender.remove(sender);
    }

    /** The message that is complete with this part. What is malformed, or comes twice, changes nothing. */
    Optional<ByteBuffer> add(NodeId sender, ByteBuffer part) {
        if (part.remaining() < HEADER_BYTES) { // of which the kind is gone already, and one byte at least follows
            return Optional.empty();
        }
        int number = part.getInt();
        int index = Byte.toUnsignedInt(part.get());
        int count = Byte.toUnsignedInt(part.get());
        if (index >= count) {
            return Optional.empty();
        }
        Map<Integer, Unfinished> unfinished = bySender.computeIfAbsent(sender, first -> new TreeMap<>());
        Unfinished message = unfinished.computeIfAbsent(number, first -> new Unfinished(count));
        message.add(index, count, part);
        if (message.bytes > maxMessageBytes) {
            unfinished.remove(number);
        } else if (message.isWhole()) {
            unfinished.remove(number);
            return Optional.of(message.whole());
        }
        dropFirst(unfinished);
        return Optional.empty();
    }

    /**
     * The one that was sent first, though its part may have come last: over links of different speed the first parts of many messages
     * come before their second ones, and if each of these took the place of a later message, none would ever be complete.
     */
    private static void dropFirst(Map<Integer, Unfinished> unfinished) {
        if (unfinished.size() > MAX_UNFINISHED) {
            unfinished.keySet().stream().reduce(Parts::earlier).ifPresent(unfinished::remove);
        }
    }

    /** Numbers wrap. */
    private static int earlier(int one, int other) {
        return one - other < 0 ? one : other;
    }

    private static final class Unfinished {
        private final int count;
        private final Map<Integer, byte[]> parts = new TreeMap<>();
        private int bytes;

        Unfinished(int count) {
            this.count = count;
        }

        void add(int index, int ofCount, ByteBuffer part) {
            if (ofCount == count && !parts.containsKey(index)) {
                byte[] copy = new byte[part.remaining()];
                part.get(copy);
                parts.put(index, copy);
                bytes += copy.length;
            }
        }

        boolean isWhole() {
            return parts.size() == count;
        }

        ByteBuffer whole() {
            ByteBuffer whole = ByteBuffer.allocate(bytes);
            parts.values().forEach(whole::put);
            return whole.flip();
        }
    }
}
