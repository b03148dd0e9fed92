package dev.ha4j.controller.codec;

import static dev.ha4j.controller.codec.Codecs.BLOB;
import static dev.ha4j.controller.codec.Codecs.BOOL;
import static dev.ha4j.controller.codec.Codecs.INT;
import static dev.ha4j.controller.codec.Codecs.LONG;
import static dev.ha4j.controller.codec.Codecs.OPTIONAL_LONG;
import static dev.ha4j.controller.codec.Codecs.TEXT;
import static dev.ha4j.controller.codec.Codecs.enumOf;
import static dev.ha4j.controller.codec.Codecs.mapOf;
import static dev.ha4j.controller.codec.Codecs.optional;
import static dev.ha4j.controller.codec.Codecs.setOf;

import dev.ha4j.controller.exchange.DeviceWord;
import dev.ha4j.controller.exchange.Offer;
import dev.ha4j.quorum.VotingRule;
import dev.ha4j.quorum.VotingRules;
import dev.ha4j.quorum.WaitForAll;

/** Messages as bytes: format, kind, ring, body. */
public final class MessageCodecs {

    private static final int FORMAT = 2;

    private static final Codec<VotingRule> RULE = Codec.of(
            (out, v) -> out.put(PolicyCodecs.QUORUM, v.options())
                    .put(mapOf(PolicyCodecs.NODE_ID, INT), v.votes())
                    .put(setOf(PolicyCodecs.NODE_ID), v.excused()),
            in -> new VotingRule(
                    in.get(PolicyCodecs.QUORUM),
                    in.get(mapOf(PolicyCodecs.NODE_ID, INT)),
                    in.get(setOf(PolicyCodecs.NODE_ID))));

    private static final Codec<VotingRules> RULES = Codec.of(
            (out, v) -> out.put(RULE, v.inForce()).put(optional(RULE), v.coming()),
            in -> new VotingRules(in.get(RULE), in.get(optional(RULE))));

    private static final Codec<Offer> OFFER = Codec.of(
            (out, v) -> out.put(StateCodecs.INCARNATION, v.incarnation())
                    .put(StateCodecs.VERSION, v.version())
                    .put(LONG, v.fingerprint())
                    .put(RULES, v.rules())
                    .put(mapOf(PolicyCodecs.NODE_ID, TEXT), v.directories())
                    .put(TEXT, v.lostStateAcceptedBy())
                    .put(BOOL, v.newcomer())
                    .put(enumOf(WaitForAll.values()), v.waitForAll())
                    .put(INT, v.softwareLevel())
                    .put(INT, v.featureLevel())
                    .put(setOf(TEXT), v.implemented())
                    .put(BOOL, v.historyHolds())
                    .put(LONG, v.tokenAgeNanos()),
            in -> new Offer(
                    in.get(StateCodecs.INCARNATION),
                    in.get(StateCodecs.VERSION),
                    in.get(LONG),
                    in.get(RULES),
                    in.get(mapOf(PolicyCodecs.NODE_ID, TEXT)),
                    in.get(TEXT),
                    in.get(BOOL),
                    in.get(enumOf(WaitForAll.values())),
                    in.get(INT),
                    in.get(INT),
                    in.get(setOf(TEXT)),
                    in.get(BOOL),
                    in.get(LONG)));

    private static final Codec<DeviceWord> DEVICE_WORD = Codec.of(
            (out, v) -> out.put(BOOL, v.granted()).put(OPTIONAL_LONG, v.unbrokenSince()),
            in -> new DeviceWord(in.get(BOOL), in.get(OPTIONAL_LONG)));

    public static final Codec<Message> MESSAGE = Codec.of(MessageCodecs::write, MessageCodecs::read);

    private MessageCodecs() {}

    private static void write(Writer out, Message message) {
        out.oneByte(FORMAT);
        if (message instanceof Message.OfferMessage offer) {
            kind(out, 1, message).put(OFFER, offer.offer());
        } else if (message instanceof Message.SnapshotChunk chunk) {
            kind(out, 2, message)
                    .put(INT, chunk.total())
                    .put(LONG, chunk.checksum())
                    .put(INT, chunk.offset())
                    .put(BLOB, chunk.bytes());
        } else if (message instanceof Message.EpochDurable) {
            kind(out, 3, message);
        } else if (message instanceof Message.Durable durable) {
            kind(out, 4, message).put(LONG, durable.index());
        } else if (message instanceof Message.Command command) {
            kind(out, 5, message).put(CommandCodecs.COMMAND, command.command());
        } else if (message instanceof Message.DeviceSaid said) {
            kind(out, 6, message).put(DEVICE_WORD, said.word());
        } else if (message instanceof Message.WordSpoken spoken) {
            kind(out, 7, message).put(WordCodecs.WORD, spoken.word());
        } else if (message instanceof Message.OpinionGiven given) {
            kind(out, 8, message).put(WordCodecs.OPINION, given.opinion());
        } else if (message instanceof Message.ArbiterNamed named) {
            kind(out, 9, message).put(TEXT, named.arbiter());
        }
    }

    private static Writer kind(Writer out, int kind, Message message) {
        out.oneByte(kind);
        return out.put(LONG, message.ring());
    }

    private static Message read(Reader in) {
        Formats.checkSent(in, FORMAT);
        int kind = in.oneByte();
        long ring = in.get(LONG);
        return switch (kind) {
            case 1 -> new Message.OfferMessage(ring, in.get(OFFER));
            case 2 -> new Message.SnapshotChunk(ring, in.get(INT), in.get(LONG), in.get(INT), in.get(BLOB));
            case 3 -> new Message.EpochDurable(ring);
            case 4 -> new Message.Durable(ring, in.get(LONG));
            case 5 -> new Message.Command(ring, in.get(CommandCodecs.COMMAND));
            case 6 -> new Message.DeviceSaid(ring, in.get(DEVICE_WORD));
            case 7 -> new Message.WordSpoken(ring, in.get(WordCodecs.WORD));
            case 8 -> new Message.OpinionGiven(ring, in.get(WordCodecs.OPINION));
            case 9 -> new Message.ArbiterNamed(ring, in.get(TEXT));
            default -> throw new UnknownKind("message " + kind);
        };
    }
}
