package dev.ha4j.controller.codec;

import static dev.ha4j.controller.codec.Codecs.BOOL;
import static dev.ha4j.controller.codec.Codecs.INT;
import static dev.ha4j.controller.codec.Codecs.LONG;
import static dev.ha4j.controller.codec.Codecs.TEXT;
import static dev.ha4j.controller.codec.Codecs.enumOf;
import static dev.ha4j.controller.codec.Codecs.listOf;
import static dev.ha4j.controller.codec.Codecs.mapOf;
import static dev.ha4j.controller.codec.Codecs.optional;
import static dev.ha4j.controller.codec.Codecs.persistentMapOf;
import static dev.ha4j.controller.codec.Codecs.setOf;
import static dev.ha4j.controller.codec.PolicyCodecs.NODE_ID;
import static dev.ha4j.controller.codec.PolicyCodecs.OPERATION;
import static dev.ha4j.controller.codec.PolicyCodecs.PROOF_LEVEL;

import dev.ha4j.api.Incarnation;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.FailCount;
import dev.ha4j.api.state.FenceLedger;
import dev.ha4j.api.state.FenceOperation;
import dev.ha4j.api.state.FenceOutcome;
import dev.ha4j.api.state.FenceRecord;
import dev.ha4j.api.state.NodeStatus;
import dev.ha4j.api.state.OperationKey;
import dev.ha4j.api.state.OperationRecord;
import dev.ha4j.api.state.OperationStatus;
import dev.ha4j.api.state.ParameterDigests;
import dev.ha4j.api.state.Presence;
import dev.ha4j.api.state.Proof;
import dev.ha4j.api.state.RequestId;
import dev.ha4j.api.state.RequestLedger;
import dev.ha4j.api.state.ReturnCode;
import dev.ha4j.api.state.StateVersion;
import dev.ha4j.api.state.TermGrant;
import dev.ha4j.api.state.TermLedger;
import dev.ha4j.api.state.TicketStatus;
import dev.ha4j.api.state.VoterChange;
import dev.ha4j.api.state.VoterLedger;

/** The replicated state as bytes. Equal states give equal bytes. */
public final class StateCodecs {

    private static final int FORMAT = 2;

    static final Codec<StateVersion> VERSION = Codec.of(
            (out, v) -> out.put(LONG, v.era()).put(LONG, v.epoch()).put(LONG, v.index()),
            in -> new StateVersion(in.get(LONG), in.get(LONG), in.get(LONG)));

    static final Codec<Incarnation> INCARNATION = Codec.of(
            (out, v) -> out.put(TEXT, v.machineId())
                    .put(TEXT, v.bootId())
                    .put(TEXT, v.directoryId())
                    .put(LONG, v.startNonce()),
            in -> new Incarnation(in.get(TEXT), in.get(TEXT), in.get(TEXT), in.get(LONG)));

    static final Codec<OperationKey> OPERATION_KEY = Codec.of(
            (out, v) -> out.put(NODE_ID, v.node())
                    .put(TEXT, v.resource())
                    .put(OPERATION, v.operation())
                    .put(LONG, v.intervalMillis()),
            in -> new OperationKey(in.get(NODE_ID), in.get(TEXT), in.get(OPERATION), in.get(LONG)));

    static final Codec<OperationStatus> STATUS = enumOf(OperationStatus.values());
    static final Codec<ReturnCode> RETURN_CODE = enumOf(ReturnCode.values());
    static final Codec<FenceOutcome> FENCE_OUTCOME = enumOf(FenceOutcome.values());

    static final Codec<RequestId> REQUEST_ID = Codec.of(
            (out, v) -> out.put(LONG, v.client()).put(LONG, v.sequence()),
            in -> new RequestId(in.get(LONG), in.get(LONG)));

    private static final Codec<Proof> PROOF = Codec.of(
            (out, v) -> out.put(PROOF_LEVEL, v.level()).put(BOOL, v.byHuman()),
            in -> new Proof(in.get(PROOF_LEVEL), in.get(BOOL)));

    private static final Codec<NodeStatus> NODE_STATUS = Codec.of(
            (out, v) -> out.put(enumOf(Presence.values()), v.presence())
                    .put(optional(INCARNATION), v.incarnation())
                    .put(PROOF, v.proof())
                    .put(BOOL, v.standby())
                    .put(BOOL, v.maintenance())
                    .put(BOOL, v.leaving())
                    .put(INT, v.announcedLevel())
                    .put(setOf(TEXT), v.implemented())
                    .put(mapOf(TEXT, TEXT), v.attributes())
                    .put(mapOf(TEXT, INT), v.promotionScores()),
            in -> new NodeStatus(
                    in.get(enumOf(Presence.values())),
                    in.get(optional(INCARNATION)),
                    in.get(PROOF),
                    in.get(BOOL),
                    in.get(BOOL),
                    in.get(BOOL),
                    in.get(INT),
                    in.get(setOf(TEXT)),
                    in.get(mapOf(TEXT, TEXT)),
                    in.get(mapOf(TEXT, INT))));

    static final Codec<ParameterDigests> DIGESTS = Codec.of(
            (out, v) -> out.put(TEXT, v.all()).put(TEXT, v.restarting()),
            in -> new ParameterDigests(in.get(TEXT), in.get(TEXT)));

    private static final Codec<OperationRecord> OPERATION_RECORD = Codec.of(
            (out, v) -> out.put(LONG, v.callId())
                    .put(STATUS, v.status())
                    .put(RETURN_CODE, v.code())
                    .put(RETURN_CODE, v.expected())
                    .put(LONG, v.token())
                    .put(LONG, v.lastChangeMillis())
                    .put(LONG, v.durationMillis())
                    .put(TEXT, v.exitReason())
                    .put(DIGESTS, v.parameters())
                    .put(optional(NODE_ID), v.peer()),
            in -> new OperationRecord(
                    in.get(LONG),
                    in.get(STATUS),
                    in.get(RETURN_CODE),
                    in.get(RETURN_CODE),
                    in.get(LONG),
                    in.get(LONG),
                    in.get(LONG),
                    in.get(TEXT),
                    in.get(DIGESTS),
                    in.get(optional(NODE_ID))));

    private static final Codec<FailCount> FAIL_COUNT = Codec.of(
            (out, v) -> out.put(INT, v.count()).put(LONG, v.lastFailureMillis()),
            in -> new FailCount(in.get(INT), in.get(LONG)));

    private static final Codec<TermGrant> GRANT = Codec.of(
            (out, v) -> out.put(TEXT, v.resource())
                    .put(NODE_ID, v.holder())
                    .put(INCARNATION, v.incarnation())
                    .put(LONG, v.token())
                    .put(VERSION, v.grantedAt()),
            in -> new TermGrant(in.get(TEXT), in.get(NODE_ID), in.get(INCARNATION), in.get(LONG), in.get(VERSION)));

    private static final Codec<TermLedger> TERMS = Codec.of(
            (out, v) -> out.put(LONG, v.lastToken()).put(persistentMapOf(TEXT, GRANT), v.grants()),
            in -> new TermLedger(in.get(LONG), in.get(persistentMapOf(TEXT, GRANT))));

    private static final Codec<FenceOperation> FENCE_OPERATION = Codec.of(
            (out, v) -> out.put(LONG, v.id())
                    .put(NODE_ID, v.target())
                    .put(optional(INCARNATION), v.incarnation())
                    .put(NODE_ID, v.executor())
                    .put(TEXT, v.deviceId())
                    .put(INT, v.attempt())
                    .put(BOOL, v.underWay())
                    .put(TEXT, v.lastReason())
                    .put(TEXT, v.orderedBy())
                    .put(LONG, v.sinceMillis()),
            in -> new FenceOperation(
                    in.get(LONG),
                    in.get(NODE_ID),
                    in.get(optional(INCARNATION)),
                    in.get(NODE_ID),
                    in.get(TEXT),
                    in.get(INT),
                    in.get(BOOL),
                    in.get(TEXT),
                    in.get(TEXT),
                    in.get(LONG)));

    private static final Codec<FenceRecord> FENCE_RECORD = Codec.of(
            (out, v) -> out.put(LONG, v.id())
                    .put(NODE_ID, v.target())
                    .put(optional(INCARNATION), v.incarnation())
                    .put(FENCE_OUTCOME, v.outcome())
                    .put(PROOF_LEVEL, v.level())
                    .put(TEXT, v.by())
                    .put(TEXT, v.reason())
                    .put(LONG, v.endedMillis()),
            in -> new FenceRecord(
                    in.get(LONG),
                    in.get(NODE_ID),
                    in.get(optional(INCARNATION)),
                    in.get(FENCE_OUTCOME),
                    in.get(PROOF_LEVEL),
                    in.get(TEXT),
                    in.get(TEXT),
                    in.get(LONG)));

    private static final Codec<FenceLedger> FENCING = Codec.of(
            (out, v) -> out.put(LONG, v.lastId())
                    .put(persistentMapOf(NODE_ID, FENCE_OPERATION), v.open())
                    .put(persistentMapOf(LONG, FENCE_RECORD), v.history()),
            in -> new FenceLedger(
                    in.get(LONG),
                    in.get(persistentMapOf(NODE_ID, FENCE_OPERATION)),
                    in.get(persistentMapOf(LONG, FENCE_RECORD))));

    private static final Codec<VoterChange> VOTER_CHANGE = Codec.of(
            (out, v) -> out.put(listOf(PolicyCodecs.NODE), v.nodes())
                    .put(PolicyCodecs.QUORUM, v.quorum())
                    .put(listOf(PolicyCodecs.FENCE_PATH), v.fencing())
                    .put(setOf(NODE_ID), v.excused())
                    .put(VERSION, v.since())
                    .put(TEXT, v.by()),
            in -> new VoterChange(
                    in.get(listOf(PolicyCodecs.NODE)),
                    in.get(PolicyCodecs.QUORUM),
                    in.get(listOf(PolicyCodecs.FENCE_PATH)),
                    in.get(setOf(NODE_ID)),
                    in.get(VERSION),
                    in.get(TEXT)));

    private static final Codec<VoterLedger> VOTERS = Codec.of(
            (out, v) -> out.put(setOf(NODE_ID), v.excused())
                    .put(optional(VOTER_CHANGE), v.change())
                    .put(optional(WordCodecs.UNBLOCKING), v.unblocking())
                    .put(listOf(WordCodecs.OPERATOR_WORD), v.words()),
            in -> new VoterLedger(
                    in.get(setOf(NODE_ID)),
                    in.get(optional(VOTER_CHANGE)),
                    in.get(optional(WordCodecs.UNBLOCKING)),
                    in.get(listOf(WordCodecs.OPERATOR_WORD))));

    private static final Codec<TicketStatus> TICKET = Codec.of(
            (out, v) -> out.put(BOOL, v.granted())
                    .put(BOOL, v.standby())
                    .put(LONG, v.grantedMillis())
                    .put(TEXT, v.by()),
            in -> new TicketStatus(in.get(BOOL), in.get(BOOL), in.get(LONG), in.get(TEXT)));

    private static final Codec<RequestLedger.Answer> ANSWER = Codec.of(
            (out, v) -> out.put(VERSION, v.at()).put(TEXT, v.refusal()),
            in -> new RequestLedger.Answer(in.get(VERSION), in.get(TEXT)));

    private static final Codec<RequestLedger> REQUESTS = Codec.of(
            (out, v) -> out.put(persistentMapOf(REQUEST_ID, ANSWER), v.answers())
                    .put(persistentMapOf(LONG, REQUEST_ID), v.byIndex()),
            in -> new RequestLedger(
                    in.get(persistentMapOf(REQUEST_ID, ANSWER)), in.get(persistentMapOf(LONG, REQUEST_ID))));

    /** The whole state. */
    public static final Codec<ClusterState> STATE = Codec.of(StateCodecs::write, StateCodecs::read);

    private StateCodecs() {}

    private static void write(Writer out, ClusterState v) {
        out.oneByte(FORMAT);
        out.put(VERSION, v.version())
                .put(INT, v.featureLevel())
                .put(PolicyCodecs.POLICY, v.policy())
                .put(persistentMapOf(NODE_ID, NODE_STATUS), v.nodes())
                .put(persistentMapOf(OPERATION_KEY, OPERATION_RECORD), v.history())
                .put(persistentMapOf(OPERATION_KEY, FAIL_COUNT), v.failures())
                .put(TERMS, v.terms())
                .put(FENCING, v.fencing())
                .put(VOTERS, v.voters())
                .put(persistentMapOf(TEXT, TICKET), v.tickets())
                .put(REQUESTS, v.requests())
                .put(optional(NODE_ID), v.controller())
                .put(LONG, v.lastCallId())
                .put(BOOL, v.quorate())
                .put(LONG, v.wallMillis())
                .put(LONG, v.formedMillis());
    }

    private static ClusterState read(Reader in) {
        Formats.check(in, FORMAT);
        return new ClusterState(
                in.get(VERSION),
                in.get(INT),
                in.get(PolicyCodecs.POLICY),
                in.get(persistentMapOf(NODE_ID, NODE_STATUS)),
                in.get(persistentMapOf(OPERATION_KEY, OPERATION_RECORD)),
                in.get(persistentMapOf(OPERATION_KEY, FAIL_COUNT)),
                in.get(TERMS),
                in.get(FENCING),
                in.get(VOTERS),
                in.get(persistentMapOf(TEXT, TICKET)),
                in.get(REQUESTS),
                in.get(optional(NODE_ID)),
                in.get(LONG),
                in.get(BOOL),
                in.get(LONG),
                in.get(LONG));
    }
}
