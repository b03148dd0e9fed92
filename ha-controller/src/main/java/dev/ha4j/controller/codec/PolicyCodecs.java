package dev.ha4j.controller.codec;

import static dev.ha4j.controller.codec.Codecs.BOOL;
import static dev.ha4j.controller.codec.Codecs.DURATION;
import static dev.ha4j.controller.codec.Codecs.INT;
import static dev.ha4j.controller.codec.Codecs.OPTIONAL_INT;
import static dev.ha4j.controller.codec.Codecs.TEXT;
import static dev.ha4j.controller.codec.Codecs.enumOf;
import static dev.ha4j.controller.codec.Codecs.listOf;
import static dev.ha4j.controller.codec.Codecs.mapOf;
import static dev.ha4j.controller.codec.Codecs.mapped;
import static dev.ha4j.controller.codec.Codecs.nested;
import static dev.ha4j.controller.codec.Codecs.optional;
import static dev.ha4j.controller.codec.Codecs.setOf;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.Role;
import dev.ha4j.api.Score;
import dev.ha4j.api.config.Clone;
import dev.ha4j.api.config.CloneOptions;
import dev.ha4j.api.config.ClusterOptions;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.FencePath;
import dev.ha4j.api.config.Group;
import dev.ha4j.api.config.HealthOptions;
import dev.ha4j.api.config.LinkAddress;
import dev.ha4j.api.config.MetaOptions;
import dev.ha4j.api.config.MultipleActive;
import dev.ha4j.api.config.NoQuorumPolicy;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.OnFail;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.config.OperationSpec;
import dev.ha4j.api.config.PlacementStrategy;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.config.QuorumDeviceOptions;
import dev.ha4j.api.config.QuorumOptions;
import dev.ha4j.api.config.ResourceSpec;
import dev.ha4j.api.config.RuledOptions;
import dev.ha4j.api.config.TieBreaker;

/** The configuration as bytes. */
final class PolicyCodecs {

    static final Codec<NodeId> NODE_ID = mapped(INT, NodeId::of, NodeId::value);
    static final Codec<ProofLevel> PROOF_LEVEL = enumOf(ProofLevel.values());
    static final Codec<OperationName> OPERATION = enumOf(OperationName.values());
    static final Codec<Role> ROLE = enumOf(Role.values());
    static final Codec<Score> SCORE = mapped(INT, Score::of, Score::value);

    private static final Codec<LinkAddress> LINK = Codec.of(
            (out, v) -> out.put(TEXT, v.host()).put(INT, v.port()), in -> new LinkAddress(in.get(TEXT), in.get(INT)));

    static final Codec<NodeSpec> NODE = Codec.of(
            (out, v) -> out.put(NODE_ID, v.id())
                    .put(TEXT, v.name())
                    .put(INT, v.votes())
                    .put(listOf(LINK), v.links())
                    .put(mapOf(TEXT, TEXT), v.attributes())
                    .put(mapOf(TEXT, INT), v.capacity()),
            in -> new NodeSpec(
                    in.get(NODE_ID),
                    in.get(TEXT),
                    in.get(INT),
                    in.get(listOf(LINK)),
                    in.get(mapOf(TEXT, TEXT)),
                    in.get(mapOf(TEXT, INT))));

    private static final Codec<TieBreaker> TIE_BREAKER = Codec.of(
            (out, v) -> out.put(enumOf(TieBreaker.Kind.values()), v.kind()).put(listOf(NODE_ID), v.nodes()),
            in -> new TieBreaker(in.get(enumOf(TieBreaker.Kind.values())), in.get(listOf(NODE_ID))));

    private static final Codec<QuorumDeviceOptions> QUORUM_DEVICE = Codec.of(
            (out, v) -> out.put(OPTIONAL_INT, v.votes())
                    .put(BOOL, v.masterWins())
                    .put(DURATION, v.timeout())
                    .put(DURATION, v.syncTimeout()),
            in -> new QuorumDeviceOptions(in.get(OPTIONAL_INT), in.get(BOOL), in.get(DURATION), in.get(DURATION)));

    static final Codec<QuorumOptions> QUORUM = Codec.of(
            (out, v) -> out.put(OPTIONAL_INT, v.expectedVotes())
                    .put(BOOL, v.twoNode())
                    .put(BOOL, v.waitForAll())
                    .put(TIE_BREAKER, v.tieBreaker())
                    .put(optional(DURATION), v.lastManStanding())
                    .put(BOOL, v.allowDownscale())
                    .put(BOOL, v.expectedVotesTracking())
                    .put(optional(QUORUM_DEVICE), v.device()),
            in -> new QuorumOptions(
                    in.get(OPTIONAL_INT),
                    in.get(BOOL),
                    in.get(BOOL),
                    in.get(TIE_BREAKER),
                    in.get(optional(DURATION)),
                    in.get(BOOL),
                    in.get(BOOL),
                    in.get(optional(QUORUM_DEVICE))));

    private static final Codec<HealthOptions> HEALTH = Codec.of(
            (out, v) -> out.put(enumOf(HealthOptions.Strategy.values()), v.strategy())
                    .put(SCORE, v.base())
                    .put(SCORE, v.red())
                    .put(SCORE, v.yellow())
                    .put(SCORE, v.green()),
            in -> new HealthOptions(
                    in.get(enumOf(HealthOptions.Strategy.values())),
                    in.get(SCORE),
                    in.get(SCORE),
                    in.get(SCORE),
                    in.get(SCORE)));

    private static final Codec<ClusterOptions> OPTIONS = Codec.of(
            (out, v) -> out.put(BOOL, v.symmetric())
                    .put(enumOf(NoQuorumPolicy.values()), v.noQuorumPolicy())
                    .put(BOOL, v.fencingEnabled())
                    .put(BOOL, v.startupFencing())
                    .put(DURATION, v.startupGrace())
                    .put(BOOL, v.maintenance())
                    .put(SCORE, v.defaultStickiness())
                    .put(DURATION, v.defaultTimeout())
                    .put(DURATION, v.fencingTimeout())
                    .put(DURATION, v.recheckInterval())
                    .put(INT, v.batchLimit())
                    .put(enumOf(PlacementStrategy.values()), v.placement())
                    .put(HEALTH, v.health()),
            in -> new ClusterOptions(
                    in.get(BOOL),
                    in.get(enumOf(NoQuorumPolicy.values())),
                    in.get(BOOL),
                    in.get(BOOL),
                    in.get(DURATION),
                    in.get(BOOL),
                    in.get(SCORE),
                    in.get(DURATION),
                    in.get(DURATION),
                    in.get(DURATION),
                    in.get(INT),
                    in.get(enumOf(PlacementStrategy.values())),
                    in.get(HEALTH)));

    private static final Codec<MetaOptions> META = Codec.of(
            (out, v) -> out.put(INT, v.priority())
                    .put(optional(ROLE), v.targetRole())
                    .put(BOOL, v.managed())
                    .put(optional(SCORE), v.stickiness())
                    .put(SCORE, v.migrationThreshold())
                    .put(DURATION, v.failureTimeout())
                    .put(PROOF_LEVEL, v.requires())
                    .put(BOOL, v.humanMayConfirm())
                    .put(enumOf(MultipleActive.values()), v.multipleActive())
                    .put(BOOL, v.critical())
                    .put(BOOL, v.allowMigrate())
                    .put(BOOL, v.allowUnhealthyNodes()),
            in -> new MetaOptions(
                    in.get(INT),
                    in.get(optional(ROLE)),
                    in.get(BOOL),
                    in.get(optional(SCORE)),
                    in.get(SCORE),
                    in.get(DURATION),
                    in.get(PROOF_LEVEL),
                    in.get(BOOL),
                    in.get(enumOf(MultipleActive.values())),
                    in.get(BOOL),
                    in.get(BOOL),
                    in.get(BOOL)));

    private static final Codec<OperationSpec> OPERATION_SPEC = Codec.of(
            (out, v) -> out.put(OPERATION, v.name())
                    .put(DURATION, v.interval())
                    .put(optional(DURATION), v.timeout())
                    .put(optional(ROLE), v.role())
                    .put(enumOf(OnFail.values()), v.onFail())
                    .put(BOOL, v.enabled()),
            in -> new OperationSpec(
                    in.get(OPERATION),
                    in.get(DURATION),
                    in.get(optional(DURATION)),
                    in.get(optional(ROLE)),
                    in.get(enumOf(OnFail.values())),
                    in.get(BOOL)));

    private static final Codec<RuledOptions> RULED = Codec.of(
            (out, v) -> out.put(ConstraintCodecs.EXPRESSION, v.when())
                    .put(mapOf(TEXT, TEXT), v.parameters())
                    .put(optional(SCORE), v.stickiness()),
            in -> new RuledOptions(
                    in.get(ConstraintCodecs.EXPRESSION), in.get(mapOf(TEXT, TEXT)), in.get(optional(SCORE))));

    private static final Codec<Primitive> PRIMITIVE = Codec.of(
            (out, v) -> out.put(TEXT, v.id())
                    .put(META, v.meta())
                    .put(mapOf(TEXT, TEXT), v.parameters())
                    .put(setOf(TEXT), v.reloadable())
                    .put(mapOf(TEXT, INT), v.utilization())
                    .put(listOf(RULED), v.ruled())
                    .put(listOf(OPERATION_SPEC), v.operations()),
            in -> new Primitive(
                    in.get(TEXT),
                    in.get(META),
                    in.get(mapOf(TEXT, TEXT)),
                    in.get(setOf(TEXT)),
                    in.get(mapOf(TEXT, INT)),
                    in.get(listOf(RULED)),
                    in.get(listOf(OPERATION_SPEC))));

    private static final Codec<CloneOptions> CLONE_OPTIONS = Codec.of(
            (out, v) -> out.put(OPTIONAL_INT, v.max())
                    .put(INT, v.nodeMax())
                    .put(INT, v.min())
                    .put(BOOL, v.promotable())
                    .put(INT, v.promotedMax())
                    .put(INT, v.promotedNodeMax())
                    .put(BOOL, v.interleave())
                    .put(BOOL, v.ordered())
                    .put(BOOL, v.notifications())
                    .put(BOOL, v.globallyUnique()),
            in -> new CloneOptions(
                    in.get(OPTIONAL_INT),
                    in.get(INT),
                    in.get(INT),
                    in.get(BOOL),
                    in.get(INT),
                    in.get(INT),
                    in.get(BOOL),
                    in.get(BOOL),
                    in.get(BOOL),
                    in.get(BOOL)));

    static final Codec<ResourceSpec> RESOURCE = resource(2);

    static final Codec<FencePath> FENCE_PATH = Codec.of(
            (out, v) -> out.put(TEXT, v.deviceId())
                    .put(setOf(TEXT), v.targets())
                    .put(PROOF_LEVEL, v.proofLevel())
                    .put(DURATION, v.timeout()),
            in -> new FencePath(in.get(TEXT), in.get(setOf(TEXT)), in.get(PROOF_LEVEL), in.get(DURATION)));

    static final Codec<ClusterPolicy> POLICY = Codec.of(
            (out, v) -> out.put(TEXT, v.clusterName())
                    .put(listOf(NODE), v.nodes())
                    .put(QUORUM, v.quorum())
                    .put(OPTIONS, v.options())
                    .put(listOf(RESOURCE), v.resources())
                    .put(listOf(ConstraintCodecs.CONSTRAINT), v.constraints())
                    .put(listOf(FENCE_PATH), v.fencing()),
            in -> new ClusterPolicy(
                    in.get(TEXT),
                    in.get(listOf(NODE)),
                    in.get(QUORUM),
                    in.get(OPTIONS),
                    in.get(listOf(RESOURCE)),
                    in.get(listOf(ConstraintCodecs.CONSTRAINT)),
                    in.get(listOf(FENCE_PATH))));

    private PolicyCodecs() {}

    private static Codec<ResourceSpec> resource(int depth) {
        return Codec.of((out, v) -> writeResource(out, v, depth), in -> readResource(in, depth));
    }

    private static void writeResource(Writer out, ResourceSpec resource, int depth) {
        if (resource instanceof Primitive primitive) {
            out.oneByte(0);
            out.put(PRIMITIVE, primitive);
        } else if (resource instanceof Group group) {
            out.oneByte(1);
            out.put(TEXT, group.id()).put(META, group.meta()).put(listOf(PRIMITIVE), group.members());
        } else if (resource instanceof Clone clone) {
            out.oneByte(2);
            out.put(TEXT, clone.id())
                    .put(META, clone.meta())
                    .put(nested(() -> resource(depth - 1), depth), clone.child())
                    .put(CLONE_OPTIONS, clone.options());
        }
    }

    private static ResourceSpec readResource(Reader in, int depth) {
        int tag = in.oneByte();
        return switch (tag) {
            case 0 -> in.get(PRIMITIVE);
            case 1 -> new Group(in.get(TEXT), in.get(META), in.get(listOf(PRIMITIVE)));
            case 2 ->
                new Clone(
                        in.get(TEXT),
                        in.get(META),
                        in.get(nested(() -> resource(depth - 1), depth)),
                        in.get(CLONE_OPTIONS));
            default -> throw new UnknownKind("resource " + tag);
        };
    }
}
