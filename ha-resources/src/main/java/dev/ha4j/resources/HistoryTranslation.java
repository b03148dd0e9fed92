package dev.ha4j.resources;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.OnFail;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.config.OperationSpec;
import dev.ha4j.api.state.FailCount;
import dev.ha4j.api.state.OperationKey;
import dev.ha4j.api.state.OperationRecord;
import dev.ha4j.api.state.OperationStatus;
import dev.ha4j.api.state.ParameterDigests;
import dev.ha4j.api.state.ReturnCode;
import dev.ha4j.resources.config.RuntimeFacts;
import dev.ha4j.resources.config.Status;
import dev.ha4j.resources.config.Status.ResourceHistory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Says in Pacemaker's terms what was done with one primitive on one node. Operations that are under way are taken for done, so
 * that a plan is made for the time after them; they are noted as well, so that it waits for them.
 */
final class HistoryTranslation {

    /** An operation that nobody ordered. */
    private static final String FOUND = "asyncmon";

    /** The engine's numbers are small. Once in so many orders what is later comes earlier: then something is stopped and started. */
    private static final long NUMBERS = 1 << 30;

    private final String node;
    private final String resource;
    private final @Nullable ConfiguredPrimitive primitive;
    private final Map<OperationKey, FailCount> failures;
    private final Function<NodeId, String> names;
    private final List<RuntimeFacts.UnderWay> underWay = new ArrayList<>();
    private final List<Status.OperationRecord> translated = new ArrayList<>();

    private long lastCallId;
    private long lastStartOrStop;
    private long lastRoleChange;

    /**
     * Is about a primitive on a node.
     *
     * @param primitive null if it is not configured any more
     * @param failures on the node
     * @param names of all nodes
     */
    HistoryTranslation(
            String node,
            String resource,
            @Nullable ConfiguredPrimitive primitive,
            Map<OperationKey, FailCount> failures,
            Function<NodeId, String> names) {
        this.node = node;
        this.resource = resource;
        this.primitive = primitive;
        this.failures = failures;
        this.names = names;
    }

    /**
     * What it comes to.
     *
     * @param underWay what is not answered yet
     * @param lasting whether it is the same whenever one looks
     */
    record Translated(ResourceHistory history, List<RuntimeFacts.UnderWay> underWay, boolean lasting) {}

    /**
     * Translates.
     *
     * @param byCall runs in the order in which they were ordered
     * @param wallMillis now
     */
    Translated translate(List<Map.Entry<OperationKey, OperationRecord>> byCall, long wallMillis) {
        byCall.forEach(run -> note(run.getKey(), run.getValue().callId()));
        byCall.forEach(run -> add(run.getKey(), run.getValue()));
        boolean termMissing = lacksTerm(byCall);
        if (termMissing) {
            demandTerm(wallMillis);
        }
        Map<String, String> attributes = new LinkedHashMap<>(ResourceTranslation.AGENT);
        attributes.put("id", resource);
        return new Translated(new ResourceHistory(attributes, translated), underWay, !termMissing);
    }

    private void note(OperationKey key, long callId) {
        lastCallId = Math.max(lastCallId, callId);
        if (key.intervalMillis() > 0) {
            return;
        }
        switch (key.operation()) {
            case START, STOP, MONITOR, MIGRATE_FROM, MIGRATE_TO -> {
                lastStartOrStop = callId;
                lastRoleChange = callId;
            }
            case PROMOTE, DEMOTE -> lastRoleChange = callId;
            default -> {}
        }
    }

    private void add(OperationKey key, OperationRecord run) {
        if (key.isNotice() || run.status() == OperationStatus.CANCELLED || isOver(key, run)) {
            return;
        }
        if (key.operation() == OperationName.RELOAD) {
            reload(run);
            return;
        }
        if (run.isPending() && key.intervalMillis() == 0) {
            if (key.operation() == OperationName.MONITOR) {
                return;
            }
            // what waits for a start waits for the end of a migration as well
            OperationName awaited =
                    key.operation() == OperationName.MIGRATE_FROM ? OperationName.START : key.operation();
            underWay.add(new RuntimeFacts.UnderWay(node, resource, task(awaited)));
        }
        translated.add(record(key, run));
    }

    /** A monitor of a role that ended, unless its failure still has a consequence. */
    private boolean isOver(OperationKey key, OperationRecord run) {
        if (key.intervalMillis() == 0) {
            return false;
        }
        boolean ofPromoted = run.expected() == ReturnCode.RUNNING_PROMOTED;
        boolean ofRole = spec(key).flatMap(OperationSpec::role).isPresent();
        boolean ended = run.callId() < (ofPromoted || ofRole ? lastRoleChange : lastStartOrStop);
        return ended && !(run.isFailed() && lasts(key) && failures.containsKey(key));
    }

    private boolean lasts(OperationKey key) {
        OnFail onFail = spec(key).map(OperationSpec::onFail).orElse(OnFail.DEFAULT);
        return onFail == OnFail.STOP || onFail == OnFail.BAN || onFail == OnFail.STANDBY;
    }

    /** One that went well is part of the records that say with what parameters it runs; after one that failed it starts anew. */
    private void reload(OperationRecord run) {
        if (run.isFailed() && run.callId() > lastStartOrStop) {
            translated.add(record(
                    number(lastCallId + 1),
                    FOUND,
                    0,
                    ReturnCode.GENERIC_ERROR.code(),
                    0,
                    4,
                    run.lastChangeMillis(),
                    ParameterDigests.NONE));
        }
    }

    private Optional<OperationSpec> spec(OperationKey key) {
        return primitive == null
                ? Optional.empty()
                : primitive.spec().operations().stream()
                        .filter(spec -> spec.name() == key.operation()
                                && spec.interval().toMillis() == key.intervalMillis())
                        .findFirst();
    }

    private Status.OperationRecord record(OperationKey key, OperationRecord run) {
        ReturnCode expected = run.isPending() && key.intervalMillis() == 0 ? ReturnCode.OK : run.expected();
        int code = run.isPending() ? expected.code() : run.code().code();
        int status = switch (run.status()) {
            case PENDING, DONE, CANCELLED -> 0;
            case TIMED_OUT -> 2;
            case ERROR -> 4;
        };
        boolean contradicts = status != 0 && code == expected.code();
        return record(
                sides(key.operation(), run),
                task(key.operation()),
                key.intervalMillis(),
                contradicts ? ReturnCode.GENERIC_ERROR.code() : code,
                expected.code(),
                status,
                run.lastChangeMillis(),
                run.parameters());
    }

    /** Both sides of a migration, for that which is one. */
    private Attributes sides(OperationName operation, OperationRecord run) {
        Attributes sides = number(run.callId());
        run.peer().ifPresent(peer -> {
            String other = names.apply(peer);
            boolean leaves = operation == OperationName.MIGRATE_TO;
            sides.put("migrate_source", leaves ? node : other).put("migrate_target", leaves ? other : node);
        });
        return sides;
    }

    /**
     * Where it migrates, runs on several nodes are compared: by the one order that they have in this cluster, and not, as in
     * Pacemaker, by seconds of a clock.
     */
    private Attributes number(long callId) {
        boolean migrates = primitive != null && primitive.spec().meta().allowMigrate();
        return new Attributes().put("call-id", migrates ? 1 + callId % NUMBERS : translated.size() + 1);
    }

    private Status.OperationRecord record(
            Attributes attributes,
            String task,
            long intervalMillis,
            int code,
            int expected,
            int status,
            long changedMillis,
            ParameterDigests parameters) {
        boolean reloads = primitive != null && !primitive.spec().reloadable().isEmpty();
        attributes
                .put("id", resource + "_" + task + "_" + intervalMillis)
                .put("operation", task)
                .put("interval", intervalMillis)
                .put("rc-code", code)
                .put("op-status", status)
                .put("transition-key", "0:0:" + expected + ":0")
                .put("last-rc-change", changedMillis / 1000)
                .putIf(!parameters.all().isEmpty(), "op-digest", parameters.all())
                .putIf(reloads && !parameters.all().isEmpty(), "op-restart-digest", parameters.restarting())
                .putIf(reloads, "op-force-restart", String.join(" ", restarting()));
        return new Status.OperationRecord(attributes.map());
    }

    /** Parameters of today whose change demands a restart. */
    private SortedSet<String> restarting() {
        TreeSet<String> names = new TreeSet<>();
        if (primitive != null) {
            names.addAll(primitive.spec().parameters().keySet());
            primitive
                    .spec()
                    .ruled()
                    .forEach(ruled -> names.addAll(ruled.parameters().keySet()));
            names.removeAll(primitive.spec().reloadable());
        }
        return names;
    }

    /** Whether only a monitor knows it to be in its exclusive role. */
    private boolean lacksTerm(List<Map.Entry<OperationKey, OperationRecord>> byCall) {
        Optional<OperationName> exclusive = primitive == null ? Optional.empty() : primitive.exclusiveOperation();
        boolean ordered = byCall.stream()
                .anyMatch(run ->
                        primitive != null && primitive.takesRole(run.getKey().operation()));
        boolean clear = byCall.stream()
                .filter(run -> !run.getKey().isNotice())
                .map(Map.Entry::getValue)
                .allMatch(HistoryTranslation::isClear);
        if (exclusive.isEmpty() || ordered || !clear) {
            return false;
        }
        LastRole role = LastRole.of(byCall);
        return role == LastRole.PROMOTED || (role == LastRole.STARTED && exclusive.get() == OperationName.START);
    }

    /** What has no term has to begin anew. */
    private void demandTerm(long wallMillis) {
        boolean promoted = primitive != null && primitive.isPromotable();
        ReturnCode code = promoted ? ReturnCode.FAILED_PROMOTED : ReturnCode.GENERIC_ERROR;
        translated.add(record(number(lastCallId + 1), FOUND, 0, code.code(), 0, 4, wallMillis, ParameterDigests.NONE));
    }

    /** Whether the run ended, and told in what role the resource is. */
    private static boolean isClear(OperationRecord run) {
        return run.status() == OperationStatus.DONE
                && switch (run.code()) {
                    case OK, NOT_RUNNING, RUNNING_PROMOTED, DEGRADED, DEGRADED_PROMOTED -> true;
                    default -> false;
                };
    }

    static String task(OperationName operation) {
        return operation.name().toLowerCase(Locale.ROOT);
    }
}
