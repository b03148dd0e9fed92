package dev.ha4j.qnetd.wire;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Bytes of messages, big-endian.
 *
 * <pre>
 *   message = type 2 | length of the rest 4 | option*
 *   option  = code 2 | length 2 | value
 * </pre>
 *
 * Unknown options are skipped, as the protocol says; of one that occurs twice the last counts.
 */
public final class QnetdCodec {

    public static final int HEADER_BYTES = 6;

    /** Neither side sends nor takes a longer message. */
    public static final int MAX_MESSAGE_BYTES = 32_768;

    private QnetdCodec() {}

    public static byte[] encode(QnetdMessage message) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(body)) {
            for (Map.Entry<Option, byte[]> field : message.fields().entrySet()) {
                put(out, field.getKey(), field.getValue());
            }
            for (NodeEntry node : message.nodes()) {
                put(out, Option.NODE_INFO, nodeInfo(node));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be written", e);
        }
        return ByteBuffer.allocate(HEADER_BYTES + body.size())
                .putShort((short) message.type().code())
                .putInt(body.size())
                .put(body.toByteArray())
                .array();
    }

    private static void put(DataOutputStream out, Option option, byte[] value) throws IOException {
        out.writeShort(option.code());
        out.writeShort(value.length);
        out.write(value);
    }

    private static byte[] nodeInfo(NodeEntry node) {
        ByteBuffer bytes = ByteBuffer.allocate(node.state() == 0 ? 8 : 13);
        bytes.putShort((short) Option.NODE_ID.code()).putShort((short) 4).putInt((int) node.id());
        if (node.state() != 0) {
            bytes.putShort((short) Option.NODE_STATE.code()).putShort((short) 1).put((byte) node.state());
        }
        return bytes.array();
    }

    /** One whole message with its header. */
    public static Decoded decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (in.remaining() < HEADER_BYTES) {
            return rejected("a message has " + bytes.length + " bytes");
        }
        int code = Short.toUnsignedInt(in.getShort());
        long length = Integer.toUnsignedLong(in.getInt());
        if (length != in.remaining()) {
            return rejected("a message of " + length + " bytes has " + in.remaining());
        }
        Optional<MessageType> type = MessageType.of(code);
        if (type.isEmpty()) {
            return new Decoded.Rejected(ErrorCode.UNSUPPORTED_MESSAGE, "there is no message " + code);
        }
        EnumMap<Option, byte[]> fields = new EnumMap<>(Option.class);
        List<NodeEntry> nodes = new ArrayList<>();
        Optional<String> wrong = options(in, fields, value -> {
            Optional<NodeEntry> node = nodeEntry(value);
            node.ifPresent(nodes::add);
            return node.isPresent();
        });
        return wrong.isPresent()
                ? rejected(type.get() + ": " + wrong.get())
                : new Decoded.Value(new QnetdMessage(type.get(), fields, nodes));
    }

    /** Reads all options there are; what is wrong with them, if anything is. */
    private static Optional<String> options(ByteBuffer in, EnumMap<Option, byte[]> fields, Predicate<byte[]> nodeInfo) {
        while (in.hasRemaining()) {
            if (in.remaining() < 4) {
                return Optional.of("an option is cut off");
            }
            int code = Short.toUnsignedInt(in.getShort());
            int length = Short.toUnsignedInt(in.getShort());
            if (length > in.remaining()) {
                return Optional.of("option " + code + " is cut off");
            }
            byte[] value = new byte[length];
            in.get(value);
            Option option = Option.of(code).orElse(null);
            if (option == Option.NODE_INFO) {
                if (!nodeInfo.test(value)) {
                    return Optional.of("a node's entry is not valid");
                }
            } else if (option != null) {
                if (!option.allows(length)) {
                    return Optional.of(option + " has " + length + " bytes");
                }
                fields.put(option, value);
            }
        }
        return Optional.empty();
    }

    /** A node's entry holds options, and no further entry. */
    private static Optional<NodeEntry> nodeEntry(byte[] bytes) {
        EnumMap<Option, byte[]> fields = new EnumMap<>(Option.class);
        if (options(ByteBuffer.wrap(bytes), fields, inner -> false).isPresent()) {
            return Optional.empty();
        }
        QnetdMessage entry = new QnetdMessage(MessageType.NODE_LIST, fields, List.of());
        int state = (int) entry.number(Option.NODE_STATE).orElse(0);
        OptionalLong id = entry.number(Option.NODE_ID);
        return id.isPresent() ? Optional.of(new NodeEntry(id.getAsLong(), state)) : Optional.empty();
    }

    private static Decoded rejected(String reason) {
        return new Decoded.Rejected(ErrorCode.DECODING_ERROR, reason);
    }
}
