package dev.ha4j.controller.codec;

import static dev.ha4j.controller.codec.Codecs.BOOL;
import static dev.ha4j.controller.codec.Codecs.DURATION;
import static dev.ha4j.controller.codec.Codecs.INT;
import static dev.ha4j.controller.codec.Codecs.LONG;
import static dev.ha4j.controller.codec.Codecs.OPTIONAL_INT;
import static dev.ha4j.controller.codec.Codecs.TEXT;
import static dev.ha4j.controller.codec.Codecs.listOf;
import static dev.ha4j.controller.codec.Codecs.mapOf;
import static dev.ha4j.controller.codec.Codecs.optional;
import static dev.ha4j.controller.codec.Codecs.setOf;
import static dev.ha4j.controller.codec.PolicyCodecs.NODE_ID;
import static dev.ha4j.controller.codec.StateCodecs.INCARNATION;
import static dev.ha4j.controller.codec.StateCodecs.OPERATION_KEY;
import static dev.ha4j.controller.codec.StateCodecs.RETURN_CODE;

import dev.ha4j.api.state.Intent;
import dev.ha4j.controller.OperationOutcome;
import dev.ha4j.controller.command.StateCommand;
import dev.ha4j.controller.command.StateCommand.Announce;
import dev.ha4j.controller.command.StateCommand.AnnounceImplemented;
import dev.ha4j.controller.command.StateCommand.Ask;
import dev.ha4j.controller.command.StateCommand.CancelMonitor;
import dev.ha4j.controller.command.StateCommand.ClearFailures;
import dev.ha4j.controller.command.StateCommand.CompleteVoterChange;
import dev.ha4j.controller.command.StateCommand.Dismiss;
import dev.ha4j.controller.command.StateCommand.EndUnblocking;
import dev.ha4j.controller.command.StateCommand.Enter;
import dev.ha4j.controller.command.StateCommand.ExcuseVoters;
import dev.ha4j.controller.command.StateCommand.ExpireLease;
import dev.ha4j.controller.command.StateCommand.FinishFence;
import dev.ha4j.controller.command.StateCommand.FinishOperation;
import dev.ha4j.controller.command.StateCommand.ForgetHistory;
import dev.ha4j.controller.command.StateCommand.Joiner;
import dev.ha4j.controller.command.StateCommand.LeaveCleanly;
import dev.ha4j.controller.command.StateCommand.OpenEpoch;
import dev.ha4j.controller.command.StateCommand.OrderFence;
import dev.ha4j.controller.command.StateCommand.OrderOperation;
import dev.ha4j.controller.command.StateCommand.RaiseFeatureLevel;
import dev.ha4j.controller.command.StateCommand.RequestLeave;
import dev.ha4j.controller.command.StateCommand.TestifyFence;
import dev.ha4j.controller.command.StateCommand.Tick;
import java.util.ArrayList;
import java.util.List;

/** Commands as bytes: a number for the kind, then the fields. A number is never given to another kind. */
public final class CommandCodecs {

    private static final Codec<Joiner> JOINER = Codec.of(
            (out, v) -> out.put(NODE_ID, v.node())
                    .put(INCARNATION, v.incarnation())
                    .put(INT, v.softwareLevel())
                    .put(INT, v.featureLevel())
                    .put(setOf(TEXT), v.implemented())
                    .put(BOOL, v.historyHolds()),
            in -> new Joiner(
                    in.get(NODE_ID), in.get(INCARNATION), in.get(INT), in.get(INT), in.get(setOf(TEXT)), in.get(BOOL)));

    private static final Codec<Intent> INTENT = Codec.of(
            (out, v) -> out.put(PolicyCodecs.OPERATION, v.operation()).put(setOf(NODE_ID), v.nodes()),
            in -> new Intent(in.get(PolicyCodecs.OPERATION), in.get(setOf(NODE_ID))));

    private static final Codec<OperationOutcome> OUTCOME = Codec.of(
            (out, v) -> out.put(StateCodecs.STATUS, v.status())
                    .put(RETURN_CODE, v.code())
                    .put(LONG, v.durationMillis())
                    .put(TEXT, v.reason())
                    .put(OPTIONAL_INT, v.promotionScore()),
            in -> new OperationOutcome(
                    in.get(StateCodecs.STATUS), in.get(RETURN_CODE), in.get(LONG), in.get(TEXT), in.get(OPTIONAL_INT)));

    private static final List<Kind<?>> KINDS = new ArrayList<>();

    static {
        kind(
                1,
                OpenEpoch.class,
                Codec.of(
                        (out, v) -> out.put(LONG, v.ring())
                                .put(listOf(JOINER), v.members())
                                .put(optional(WordCodecs.WORD), v.word()),
                        in -> new OpenEpoch(in.get(LONG), in.get(listOf(JOINER)), in.get(optional(WordCodecs.WORD)))));
        kind(
                2,
                OrderOperation.class,
                Codec.of(
                        (out, v) -> out.put(OPERATION_KEY, v.key())
                                .put(DURATION, v.timeout())
                                .put(RETURN_CODE, v.expected())
                                .put(BOOL, v.exclusive())
                                .put(mapOf(TEXT, TEXT), v.parameters())
                                .put(StateCodecs.DIGESTS, v.digests())
                                .put(optional(NODE_ID), v.peer())
                                .put(TEXT, v.reason())
                                .put(LONG, v.wallMillis()),
                        in -> new OrderOperation(
                                in.get(OPERATION_KEY),
                                in.get(DURATION),
                                in.get(RETURN_CODE),
                                in.get(BOOL),
                                in.get(mapOf(TEXT, TEXT)),
                                in.get(StateCodecs.DIGESTS),
                                in.get(optional(NODE_ID)),
                                in.get(TEXT),
                                in.get(LONG))));
        kind(
                22,
                Announce.class,
                Codec.of(
                        (out, v) -> out.put(OPERATION_KEY, v.key())
                                .put(DURATION, v.timeout())
                                .put(INTENT, v.intent())
                                .put(LONG, v.wallMillis()),
                        in -> new Announce(in.get(OPERATION_KEY), in.get(DURATION), in.get(INTENT), in.get(LONG))));
        kind(
                3,
                CancelMonitor.class,
                Codec.of(
                        (out, v) -> out.put(OPERATION_KEY, v.key()).put(LONG, v.wallMillis()),
                        in -> new CancelMonitor(in.get(OPERATION_KEY), in.get(LONG))));
        kind(
                4,
                ClearFailures.class,
                Codec.of(
                        (out, v) -> out.put(NODE_ID, v.node())
                                .put(TEXT, v.resource())
                                .put(LONG, v.wallMillis()),
                        in -> new ClearFailures(in.get(NODE_ID), in.get(TEXT), in.get(LONG))));
        kind(
                5,
                OrderFence.class,
                Codec.of(
                        (out, v) -> out.put(NODE_ID, v.target())
                                .put(TEXT, v.reason())
                                .put(LONG, v.wallMillis()),
                        in -> new OrderFence(in.get(NODE_ID), in.get(TEXT), in.get(LONG))));
        kind(
                6,
                Dismiss.class,
                Codec.of(
                        (out, v) -> out.put(NODE_ID, v.node()).put(LONG, v.wallMillis()),
                        in -> new Dismiss(in.get(NODE_ID), in.get(LONG))));
        kind(
                7,
                ExpireLease.class,
                Codec.of(
                        (out, v) -> out.put(NODE_ID, v.node())
                                .put(optional(INCARNATION), v.incarnation())
                                .put(LONG, v.wallMillis()),
                        in -> new ExpireLease(in.get(NODE_ID), in.get(optional(INCARNATION)), in.get(LONG))));
        kind(
                8,
                RaiseFeatureLevel.class,
                Codec.of(
                        (out, v) -> out.put(INT, v.level()).put(LONG, v.wallMillis()),
                        in -> new RaiseFeatureLevel(in.get(INT), in.get(LONG))));
        kind(9, Tick.class, Codec.of((out, v) -> out.put(LONG, v.wallMillis()), in -> new Tick(in.get(LONG))));
        kind(
                10,
                FinishOperation.class,
                Codec.of(
                        (out, v) -> out.put(OPERATION_KEY, v.key())
                                .put(LONG, v.callId())
                                .put(OUTCOME, v.outcome()),
                        in -> new FinishOperation(in.get(OPERATION_KEY), in.get(LONG), in.get(OUTCOME))));
        kind(
                11,
                FinishFence.class,
                Codec.of(
                        (out, v) -> out.put(LONG, v.operationId())
                                .put(NODE_ID, v.target())
                                .put(optional(INCARNATION), v.incarnation())
                                .put(INT, v.attempt())
                                .put(StateCodecs.FENCE_OUTCOME, v.outcome())
                                .put(PolicyCodecs.PROOF_LEVEL, v.level())
                                .put(TEXT, v.by())
                                .put(TEXT, v.reason()),
                        in -> new FinishFence(
                                in.get(LONG),
                                in.get(NODE_ID),
                                in.get(optional(INCARNATION)),
                                in.get(INT),
                                in.get(StateCodecs.FENCE_OUTCOME),
                                in.get(PolicyCodecs.PROOF_LEVEL),
                                in.get(TEXT),
                                in.get(TEXT))));
        kind(
                12,
                RequestLeave.class,
                Codec.of(
                        (out, v) -> out.put(NODE_ID, v.node()).put(INCARNATION, v.incarnation()),
                        in -> new RequestLeave(in.get(NODE_ID), in.get(INCARNATION))));
        kind(
                13,
                LeaveCleanly.class,
                Codec.of(
                        (out, v) -> out.put(NODE_ID, v.node()).put(INCARNATION, v.incarnation()),
                        in -> new LeaveCleanly(in.get(NODE_ID), in.get(INCARNATION))));
        kind(
                14,
                ForgetHistory.class,
                Codec.of(
                        (out, v) -> out.put(NODE_ID, v.node()).put(INCARNATION, v.incarnation()),
                        in -> new ForgetHistory(in.get(NODE_ID), in.get(INCARNATION))));
        kind(
                15,
                AnnounceImplemented.class,
                Codec.of(
                        (out, v) -> out.put(NODE_ID, v.node())
                                .put(INCARNATION, v.incarnation())
                                .put(setOf(TEXT), v.implemented()),
                        in -> new AnnounceImplemented(in.get(NODE_ID), in.get(INCARNATION), in.get(setOf(TEXT)))));
        kind(
                16,
                Ask.class,
                Codec.of(
                        (out, v) -> out.put(StateCodecs.REQUEST_ID, v.id()).put(RequestCodecs.REQUEST, v.request()),
                        in -> new Ask(in.get(StateCodecs.REQUEST_ID), in.get(RequestCodecs.REQUEST))));
        kind(17, Enter.class, Codec.of((out, v) -> out.put(JOINER, v.joiner()), in -> new Enter(in.get(JOINER))));
        kind(
                18,
                TestifyFence.class,
                Codec.of(
                        (out, v) -> out.put(NODE_ID, v.target())
                                .put(optional(INCARNATION), v.incarnation())
                                .put(PolicyCodecs.PROOF_LEVEL, v.level())
                                .put(TEXT, v.device())
                                .put(TEXT, v.orderedBy())
                                .put(TEXT, v.evidence()),
                        in -> new TestifyFence(
                                in.get(NODE_ID),
                                in.get(optional(INCARNATION)),
                                in.get(PolicyCodecs.PROOF_LEVEL),
                                in.get(TEXT),
                                in.get(TEXT),
                                in.get(TEXT))));
        kind(
                19,
                CompleteVoterChange.class,
                Codec.of(
                        (out, v) -> out.put(LONG, v.since()).put(LONG, v.wallMillis()),
                        in -> new CompleteVoterChange(in.get(LONG), in.get(LONG))));
        kind(
                20,
                ExcuseVoters.class,
                Codec.of(
                        (out, v) -> out.put(setOf(NODE_ID), v.excused()).put(LONG, v.wallMillis()),
                        in -> new ExcuseVoters(in.get(setOf(NODE_ID)), in.get(LONG))));
        kind(
                21,
                EndUnblocking.class,
                Codec.of((out, v) -> out.put(LONG, v.wallMillis()), in -> new EndUnblocking(in.get(LONG))));
    }

    public static final Codec<StateCommand> COMMAND = Codec.of(CommandCodecs::write, CommandCodecs::read);

    private record Kind<C extends StateCommand>(int number, Class<C> type, Codec<C> codec) {

        void write(Writer out, StateCommand command) {
            out.oneByte(number);
            codec.write(out, type.cast(command));
        }
    }

    private CommandCodecs() {}

    private static <C extends StateCommand> void kind(int number, Class<C> type, Codec<C> codec) {
        KINDS.add(new Kind<>(number, type, codec));
    }

    private static void write(Writer out, StateCommand command) {
        for (Kind<?> kind : KINDS) {
            if (kind.type().isInstance(command)) {
                kind.write(out, command);
                return;
            }
        }
        throw new AssertionError(command);
    }

    private static StateCommand read(Reader in) {
        int number = in.oneByte();
        for (Kind<?> kind : KINDS) {
            if (kind.number() == number) {
                return kind.codec().read(in);
            }
        }
        throw new UnknownKind("command " + number);
    }
}
