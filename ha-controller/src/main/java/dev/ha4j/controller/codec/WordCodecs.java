package dev.ha4j.controller.codec;

import static dev.ha4j.controller.codec.Codecs.BOOL;
import static dev.ha4j.controller.codec.Codecs.DURATION;
import static dev.ha4j.controller.codec.Codecs.LONG;
import static dev.ha4j.controller.codec.Codecs.TEXT;
import static dev.ha4j.controller.codec.Codecs.mapOf;
import static dev.ha4j.controller.codec.Codecs.setOf;
import static dev.ha4j.controller.codec.PolicyCodecs.NODE_ID;

import dev.ha4j.api.state.OperatorWord;
import dev.ha4j.api.state.Unblocking;
import dev.ha4j.controller.QuorumWord;
import dev.ha4j.controller.QuorumWord.CancelWaitForAll;
import dev.ha4j.controller.QuorumWord.Unblock;
import dev.ha4j.controller.exchange.Opinion;

/** What operators say about who votes, and what comes of it, as bytes. */
final class WordCodecs {

    static final Codec<QuorumWord> WORD = Codec.of(WordCodecs::write, WordCodecs::read);

    static final Codec<Opinion> OPINION = Codec.of(
            (out, v) -> out.put(mapOf(NODE_ID, TEXT), v.objections())
                    .put(setOf(NODE_ID), v.fenceable())
                    .put(setOf(NODE_ID), v.proven()),
            in -> new Opinion(in.get(mapOf(NODE_ID, TEXT)), in.get(setOf(NODE_ID)), in.get(setOf(NODE_ID))));

    static final Codec<OperatorWord> OPERATOR_WORD = Codec.of(
            (out, v) -> out.put(StateCodecs.VERSION, v.at())
                    .put(LONG, v.wallMillis())
                    .put(TEXT, v.by())
                    .put(TEXT, v.what()),
            in -> new OperatorWord(in.get(StateCodecs.VERSION), in.get(LONG), in.get(TEXT), in.get(TEXT)));

    static final Codec<Unblocking> UNBLOCKING = Codec.of(
            (out, v) -> out.put(setOf(NODE_ID), v.declared())
                    .put(setOf(NODE_ID), v.absent())
                    .put(LONG, v.untilMillis())
                    .put(BOOL, v.forced())
                    .put(TEXT, v.by()),
            in -> new Unblocking(
                    in.get(setOf(NODE_ID)), in.get(setOf(NODE_ID)), in.get(LONG), in.get(BOOL), in.get(TEXT)));

    private WordCodecs() {}

    private static void write(Writer out, QuorumWord word) {
        if (word instanceof CancelWaitForAll cancel) {
            out.oneByte(1);
            out.put(TEXT, cancel.operator()).put(TEXT, cancel.reason());
        } else if (word instanceof Unblock unblock) {
            out.oneByte(2);
            out.put(setOf(NODE_ID), unblock.declared())
                    .put(DURATION, unblock.length())
                    .put(BOOL, unblock.forced())
                    .put(TEXT, unblock.operator())
                    .put(TEXT, unblock.reason())
                    .put(LONG, unblock.wallMillis());
        }
    }

    private static QuorumWord read(Reader in) {
        int tag = in.oneByte();
        return switch (tag) {
            case 1 -> new CancelWaitForAll(in.get(TEXT), in.get(TEXT));
            case 2 ->
                new Unblock(
                        in.get(setOf(NODE_ID)),
                        in.get(DURATION),
                        in.get(BOOL),
                        in.get(TEXT),
                        in.get(TEXT),
                        in.get(LONG));
            default -> throw new UnknownKind("operator's word " + tag);
        };
    }
}
