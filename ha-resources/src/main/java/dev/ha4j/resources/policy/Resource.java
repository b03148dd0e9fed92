package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.AttributeSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A resource while a plan is made; fields are filled by one phase and read by those after it. */
abstract sealed class Resource permits Primitive, Group, CloneResource, Bundle {
    /** Unique; ends with a colon and a number for what is in a clone. */
    final String id;

    /** As configured. */
    final String baseId;

    final @Nullable Resource parent;
    final Map<String, String> meta;
    NodeTable table;

    /** The name under which a node's history knows it, if that is not the id. */
    @Nullable
    String historyName;

    // Configuration
    int priority;
    int configuredPriority;
    int stickiness;
    int migrationThreshold;
    long failureTimeoutSeconds;
    boolean critical;
    boolean notify;
    boolean unique = true;
    boolean promotable;
    boolean allowMigrate;
    boolean removed;
    boolean exclusiveDiscovery;
    MultipleActive multipleActive = MultipleActive.STOP_START;

    // State
    Role role = Role.STOPPED;
    Role nextRole = Role.UNKNOWN;
    boolean managed = true;
    boolean maintenance;
    boolean blocked;
    boolean failed;
    boolean mustStop;
    boolean failureIgnored;
    boolean startPending;
    boolean stopUnexpected;
    boolean reload;
    final List<Node> running = new ArrayList<>();
    final NodeSet probedOn = new NodeSet();

    /** Where it failed too often. */
    final NodeSet bannedByFailures = new NodeSet();

    // Constraints
    final List<Location> locations = new ArrayList<>();
    final List<Colocation> withOthers = new ArrayList<>();
    final List<Colocation> othersWith = new ArrayList<>();
    final List<TicketConstraint> tickets = new ArrayList<>();

    // Assignment
    boolean unassigned = true;
    boolean assigning;
    boolean updating;

    @Nullable
    Node assigned;

    int assignedScore;
    int sortingPriority;

    // Actions
    /** In order of creation. */
    final List<Action> actions = new ArrayList<>();

    private final Map<String, List<Action>> actionsByKey = new LinkedHashMap<>();

    Resource(String id, String baseId, @Nullable Resource parent, Map<String, String> meta, NodeTable table) {
        this.id = id;
        this.baseId = baseId;
        this.parent = parent;
        this.meta = new LinkedHashMap<>(meta);
        this.table = table;
    }

    enum MultipleActive {
        STOP_START,
        STOP_ONLY,
        BLOCK,
        STOP_UNEXPECTED
    }

    void add(Action action) {
        actions.add(action);
        actionsByKey.computeIfAbsent(action.keyTask, key -> new ArrayList<>(2)).add(action);
    }

    void remove(Action action) {
        actions.remove(action);
        actionsByKey.getOrDefault(action.keyTask, List.of()).remove(action);
    }

    /** Those with this key task, oldest first: what has a probe on each node is asked for its one start often. */
    List<Action> actionsWithKey(String keyTask) {
        return actionsByKey.getOrDefault(keyTask, List.of());
    }

    /** Order of kinds: primitive 0, group 1, clone 2, bundle 3. */
    abstract int variant();

    abstract List<? extends Resource> children();

    /** Those for which its events speak. */
    List<? extends Resource> instances() {
        return children();
    }

    /** Sets of parameters for all that is in it. */
    abstract List<AttributeSet> parameterSets();

    /** The outermost one that it is in, or itself. Q: what is in a bundle is at the top there. */
    Resource top() {
        Resource top = this;
        while (top.parent != null && !(top.parent instanceof Bundle)) {
            top = top.parent;
        }
        return top;
    }

    /** The outermost one that it is in, even if that is a bundle, or itself. */
    Resource root() {
        Resource top = top();
        return top.parent == null ? top : top.parent;
    }

    /** The bundle that it is in, if any. */
    @Nullable
    Bundle bundle() {
        return top().parent instanceof Bundle bundle ? bundle : null;
    }

    boolean isBundled() {
        return bundle() != null;
    }

    boolean isAncestorOf(Resource other) {
        for (Resource up = other.parent; up != null; up = up.parent) {
            if (up == this) {
                return true;
            }
        }
        return false;
    }

    void forEachLeaf(Consumer<Primitive> visit) {
        if (this instanceof Primitive leaf) {
            visit.accept(leaf);
        } else {
            children().forEach(child -> child.forEachLeaf(visit));
        }
    }

    List<Primitive> leaves() {
        List<Primitive> leaves = new ArrayList<>();
        forEachLeaf(leaves::add);
        return leaves;
    }

    /** Itself and all below it, parents first. */
    void forEach(Consumer<Resource> visit) {
        visit.accept(this);
        children().forEach(child -> child.forEach(visit));
    }

    /** The clone it is an instance of or in, if any. */
    @Nullable
    CloneResource clone_() {
        return top() instanceof CloneResource clone ? clone : null;
    }

    /** The top of a resource in an anonymous clone, else the resource itself: what a node's failure concerns. */
    Resource topIfAnonymous() {
        return unique ? this : top();
    }

    String historyOrId() {
        return historyName == null ? id : historyName;
    }

    boolean isActive() {
        return !running.isEmpty();
    }

    boolean isRunningOn(Node node) {
        return running.contains(node);
    }

    boolean is(String metaAttribute) {
        return Text.isTrue(meta.get(metaAttribute));
    }

    /** Whether this or anything below it is blocked. */
    boolean isBlockedRecursively() {
        return blocked || children().stream().anyMatch(Resource::isBlockedRecursively);
    }

    boolean isFailedRecursively() {
        return failed || children().stream().anyMatch(Resource::isFailedRecursively);
    }

    /** The one node of all its assigned leaves; null if there is none or more than one. */
    @Nullable
    Node location() {
        Node found = null;
        for (Resource child : children()) {
            Node node = child.location();
            if (node != null) {
                if (found != null && found != node) {
                    return null;
                }
                found = node;
            }
        }
        return found;
    }

    Role highestRole(boolean current) {
        return children().stream()
                .map(child -> child.highestRole(current))
                .max(Role::compareTo)
                .orElse(Role.UNKNOWN);
    }

    /** Of the nodes where it is active, the one that counts. */
    @Nullable
    Node current() {
        Node first = null;
        for (Node node : running) {
            if (first == null) {
                first = node;
            }
            if (node.online && !node.unclean) {
                return node;
            }
        }
        return first;
    }

    /** Bans it, and all below it, from a node. */
    void addToTables(Node node, int delta) {
        table.add(node, delta);
        children().forEach(child -> child.addToTables(node, delta));
    }

    void ban(Node node) {
        addToTables(node, -dev.ha4j.resources.config.Scores.INFINITY);
    }

    void banEverywhere() {
        for (Node node : table.nodes) {
            ban(node);
        }
    }

    @Override
    public String toString() {
        return id;
    }
}
