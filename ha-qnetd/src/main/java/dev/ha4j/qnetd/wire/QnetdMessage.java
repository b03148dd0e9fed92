package dev.ha4j.qnetd.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One message: a type and some of the {@link Option options}. Immutable.
 *
 * @param type of the message
 * @param fields by option; an option's length is what it has to be
 * @param nodes from all {@link Option#NODE_INFO}, in order
 */
public record QnetdMessage(MessageType type, Map<Option, byte[]> fields, List<NodeEntry> nodes) {

    public QnetdMessage {
        Objects.requireNonNull(type, "type");
        EnumMap<Option, byte[]> copy = new EnumMap<>(Option.class);
        copy.putAll(fields);
        fields = Collections.unmodifiableMap(copy);
        nodes = List.copyOf(nodes);
    }

    public static QnetdMessage of(MessageType type) {
        return new QnetdMessage(type, Map.of(), List.of());
    }

    /** The number in an option of up to eight bytes. */
    public OptionalLong number(Option option) {
        byte[] bytes = fields.get(option);
        if (bytes == null || bytes.length > Long.BYTES) {
            return OptionalLong.empty();
        }
        long value = 0;
        for (byte next : bytes) {
            value = (value << Byte.SIZE) | (next & 0xFF);
        }
        return OptionalLong.of(value);
    }

    public Optional<String> text(Option option) {
        return Optional.ofNullable(fields.get(option)).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    public Optional<RingId> ring() {
        return Optional.ofNullable(fields.get(Option.RING_ID)).map(bytes -> {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            return new RingId(Integer.toUnsignedLong(buffer.getInt()), buffer.getLong());
        });
    }

    /** Whether a list of codes of two bytes has this one. */
    public boolean lists(Option option, int code) {
        ByteBuffer codes = ByteBuffer.wrap(fields.getOrDefault(option, new byte[0]));
        while (codes.remaining() >= Short.BYTES) {
            if (Short.toUnsignedInt(codes.getShort()) == code) {
                return true;
            }
        }
        return false;
    }

    /** What is said about the vote, if anything is. */
    public Optional<Vote> vote() {
        OptionalLong code = number(Option.VOTE);
        return code.isPresent() ? Optional.of(Vote.of(code.getAsLong())) : Optional.empty();
    }

    /** Which half of a tie is preferred. */
    public Optional<TieRule> tieBreaker() {
        return Optional.ofNullable(fields.get(Option.TIE_BREAKER)).flatMap(bytes -> {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            return TieRule.of(buffer.get(), Integer.toUnsignedLong(buffer.getInt()));
        });
    }

    public QnetdMessage with(Option option, byte[] bytes) {
        if (!option.allows(bytes.length)) {
            throw new IllegalArgumentException(option + " can't have " + bytes.length + " bytes");
        }
        EnumMap<Option, byte[]> more = new EnumMap<>(Option.class);
        more.putAll(fields);
        more.put(option, bytes.clone());
        return new QnetdMessage(type, more, nodes);
    }

    public QnetdMessage with8(Option option, int value) {
        return with(option, new byte[] {(byte) value});
    }

    public QnetdMessage with16(Option option, int value) {
        return with(option, ByteBuffer.allocate(2).putShort((short) value).array());
    }

    public QnetdMessage with32(Option option, long value) {
        return with(option, ByteBuffer.allocate(4).putInt((int) value).array());
    }

    public QnetdMessage with64(Option option, long value) {
        return with(option, ByteBuffer.allocate(8).putLong(value).array());
    }

    /** Codes of two bytes each, from 0 to the count. */
    public QnetdMessage withCodes(Option option, int count) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * count);
        for (int code = 0; code < count; code++) {
            bytes.putShort((short) code);
        }
        return with(option, bytes.array());
    }

    public QnetdMessage withText(Option option, String text) {
        return with(option, text.getBytes(StandardCharsets.UTF_8));
    }

    public QnetdMessage withRing(RingId ring) {
        return with(
                Option.RING_ID,
                ByteBuffer.allocate(12)
                        .putInt((int) ring.node())
                        .putLong(ring.sequence())
                        .array());
    }

    public QnetdMessage withTieBreaker(TieRule rule) {
        return with(
                Option.TIE_BREAKER,
                ByteBuffer.allocate(5)
                        .put((byte) rule.mode())
                        .putInt((int) rule.node())
                        .array());
    }

    public QnetdMessage withVote(Vote vote) {
        return with8(Option.VOTE, vote.code());
    }

    public QnetdMessage withNodes(List<NodeEntry> more) {
        List<NodeEntry> all = new ArrayList<>(nodes);
        all.addAll(more);
        return new QnetdMessage(type, fields, all);
    }

    /** The same with another type, as an echo is. */
    public QnetdMessage as(MessageType other) {
        return new QnetdMessage(other, fields, nodes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof QnetdMessage that
                && type == that.type
                && nodes.equals(that.nodes)
                && fields.keySet().equals(that.fields.keySet())
                && fields.keySet().stream()
                        .allMatch(key -> java.util.Arrays.equals(fields.get(key), that.fields.get(key)));
    }

    @Override
    public int hashCode() {
        return Objects.hash(type.code(), nodes, fields.size());
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(type.name());
        fields.keySet()
                .forEach(option -> text.append(' ').append(option).append('=').append(shown(option)));
        return nodes.isEmpty() ? text.toString() : text + " " + nodes;
    }

    private String shown(Option option) {
        return switch (option) {
            case CLUSTER_NAME -> text(option).orElse("");
            case RING_ID -> ring().map(RingId::toString).orElse("");
            case VOTE -> vote().map(Vote::toString).orElse("");
            default -> number(option).isPresent() ? Long.toString(number(option).getAsLong()) : "...";
        };
    }
}
