package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.AttributeSet;
import dev.ha4j.resources.config.OperationEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A single resource, or one in a collective. */
final class Primitive extends Resource {
    final ResourceKind kind;
    final List<OperationEntry> operations;
    final List<AttributeSet> parameterSets;
    final Map<String, Integer> utilization = new LinkedHashMap<>();

    boolean needsQuorum;
    boolean needsFencing;
    boolean needsUnfencing;

    /** An action that was begun and of which no result is known, and where. */
    @Nullable
    String pendingTask;

    @Nullable
    Node pendingNode;

    @Nullable
    Node migrationSource;

    @Nullable
    Node migrationTarget;

    final List<Node> danglingMigrations = new ArrayList<>();

    @Nullable
    Node lockNode;

    long lockSeconds;

    /** What has to run for this one to exist: a virtual machine, for the connection with the node in it. */
    @Nullable
    Primitive container;

    final List<Primitive> launched = new ArrayList<>();

    /** Whether the history says that something launched it, for one that is not configured any more. */
    boolean launchedOnce;

    /** How long a connection that failed is left alone; 0 for not at all. */
    long reconnectSeconds;

    private final Map<Integer, Map<String, String>> parameters = new LinkedHashMap<>();

    Primitive(
            String id,
            String baseId,
            @Nullable Resource parent,
            Map<String, String> meta,
            NodeTable table,
            ResourceKind kind,
            List<OperationEntry> operations,
            List<AttributeSet> parameterSets) {
        super(id, baseId, parent, meta, table);
        this.kind = kind;
        this.operations = operations;
        this.parameterSets = parameterSets;
    }

    @Override
    List<AttributeSet> parameterSets() {
        return parameterSets;
    }

    @Override
    int variant() {
        return 0;
    }

    @Override
    List<Resource> children() {
        return List.of();
    }

    /** Whether it follows from another resource, and is not shown: the connection with a guest node. */
    boolean isHidden() {
        return is(RemoteNodes.INTERNAL) && parent == null;
    }

    /** The connection with the guest node that it launches, if any. */
    @Nullable
    Primitive guestConnection() {
        for (Primitive each : launched) {
            if (each.kind.isRemoteConnection()) {
                return each;
            }
        }
        return null;
    }

    boolean isFenceDevice() {
        return kind.isFenceDevice();
    }

    @Override
    @Nullable
    Node location() {
        return assigned;
    }

    @Override
    Role highestRole(boolean current) {
        return current ? role : nextRole;
    }

    @Override
    @Nullable
    Node current() {
        if (migrationSource != null && running.contains(migrationSource)) {
            return migrationSource;
        }
        if (needsFencing || needsUnfencing) {
            return running.isEmpty() ? null : running.get(0);
        }
        return super.current();
    }

    /** Its parameters as rules give them on this node. */
    Map<String, String> parameters(AttributeSets sets, @Nullable Node node) {
        return parameters.computeIfAbsent(node == null ? -1 : node.index, index -> readParameters(sets, node));
    }

    private Map<String, String> readParameters(AttributeSets sets, @Nullable Node node) {
        Map<String, String> values = new LinkedHashMap<>();
        RuleInput input = RuleInput.on(node);
        for (Resource up = this; up != null; up = up.parent) {
            sets.readInto(values, up.parameterSets(), input);
        }
        return values;
    }
}
