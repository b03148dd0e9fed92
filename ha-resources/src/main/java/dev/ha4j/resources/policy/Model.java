package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.PolicyInput;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All that a plan is made from and in. It is made anew for each plan, and changed by the phases in their order. */
final class Model {
    final PolicyInput input;
    final long nowSeconds;
    final Recheck recheck;
    final Rules rules;
    final AttributeSets sets;
    final boolean quorate;
    final Options options;
    final ScoreLog scoreLog;
    final Map<String, TicketConstraint.Ticket> tickets = new LinkedHashMap<>();

    /** In the natural order of their names. */
    Node[] nodes = {};

    /** At the top, those of higher priority first; removed ones at the end. */
    final List<Resource> resources = new ArrayList<>();

    /** Ids of the resources made from a template, by its name. */
    final Map<String, List<String>> templates = new LinkedHashMap<>();

    /** In order of creation. */
    final List<Location> locations = new ArrayList<>();

    final List<OrderRecord> orders = new ArrayList<>();
    final Actions actions;

    /** Recurring operations whose failure has expired: they are to be run anew. */
    final List<ExpiredRecurring> expiredRecurring = new ArrayList<>();

    /** Containers whose connection failed: where they are may not be known before all is read. */
    final List<Primitive> containersToStop = new ArrayList<>();

    /** What has to wait until containers have their hosts, the latest first. */
    final Deque<Runnable> onceAssigned = new ArrayDeque<>();

    boolean fenceDeviceExists;

    /** Whether there is any node behind a connection. */
    boolean hasRemoteNodes;

    private final Map<String, Node> nodesByName = new LinkedHashMap<>();
    private final Map<String, Resource> byId = new LinkedHashMap<>();
    private final Map<String, Resource> byHistoryName = new LinkedHashMap<>();

    Model(PolicyInput input, Instant now) {
        this(input, now, ScoreLog.OFF);
    }

    Model(PolicyInput input, Instant now, ScoreLog scoreLog) {
        this.input = input;
        this.scoreLog = scoreLog;
        nowSeconds = now.getEpochSecond();
        recheck = new Recheck(nowSeconds);
        rules = new Rules(OffsetDateTime.ofInstant(now, ZoneOffset.UTC), recheck);
        sets = new AttributeSets(rules);
        quorate = input.header().haveQuorum();
        Map<String, String> values = new LinkedHashMap<>();
        sets.readInto(values, input.options(), RuleInput.NOTHING, "cib-bootstrap-options");
        options = new Options(values, quorate, input.header().quorumPanic());
        actions = new Actions(this);
    }

    record ExpiredRecurring(Primitive resource, Node node, String entryId) {}

    void setNodes(List<Node> sorted) {
        nodes = sorted.toArray(Node[]::new);
        for (int i = 0; i < nodes.length; i++) {
            nodes[i].index = i;
            nodesByName.putIfAbsent(nodes[i].name, nodes[i]);
            hasRemoteNodes |= nodes[i].remote;
        }
    }

    /** How many nodes are known so far. */
    int knownNodes() {
        int count = nodes.length;
        if (hasRemoteNodes) {
            for (Node node : nodes) {
                count -= node.late ? 1 : 0;
            }
        }
        return count;
    }

    /** Once all is read: nodes of which nobody has heard are none. */
    void forgetUnknownNodes() {
        if (knownNodes() < nodes.length) {
            nodes = Arrays.stream(nodes).filter(node -> !node.late).toArray(Node[]::new);
        }
    }

    Optional<Node> node(@Nullable String name) {
        return Optional.ofNullable(name == null ? null : nodesByName.get(name));
    }

    void register(Resource resource) {
        resource.forEach(each -> byId.putIfAbsent(each.id, each));
    }

    void nameInHistory(Resource resource, String name) {
        resource.historyName = name;
        byHistoryName.putIfAbsent(name, resource);
    }

    /** By id, or by the name that some node's history has for it. */
    @Nullable
    Resource find(@Nullable String id) {
        if (id == null) {
            return null;
        }
        Resource found = byId.get(id);
        if (found != null) {
            return found;
        }
        Resource named = byHistoryName.get(id);
        return named != null && id.equals(named.historyName) ? named : null;
    }

    /** What a constraint means by a name: of what is in an anonymous clone, the clone. */
    @Nullable
    Resource findForConstraint(@Nullable String id) {
        Resource found = find(id);
        return found == null || found.id.equals(id) ? found : found.top();
    }

    List<Primitive> leaves() {
        List<Primitive> leaves = new ArrayList<>();
        resources.forEach(resource -> resource.forEachLeaf(leaves::add));
        return leaves;
    }

    /** Whether there is a way to fence the node for certain. */
    boolean canFence(Node node) {
        if (node.connection != null && node.connection.container != null) {
            return node.connection.container.running.stream().allMatch(host -> host.online || canFence(host));
        }
        return options.fencingEnabled
                && fenceDeviceExists
                && (quorate
                        || options.quorumPolicy == Options.QuorumPolicy.IGNORE
                        || (node.online && countsWithoutQuorum(node)));
    }

    /** Whether being there is enough to be fenced by a part of the cluster: nobody else can have the node, too. */
    private boolean countsWithoutQuorum(Node node) {
        Primitive connection = node.connection;
        if (connection == null || options.fenceRemoteWithoutQuorum) {
            return true;
        }
        for (Node host : nodes) {
            if (connection.table.has(host) && !host.online) {
                return false;
            }
        }
        return true;
    }

    void add(Location location) {
        locations.add(location);
        location.resource().locations.add(location);
    }

    // Orderings

    void order(Resource first, String firstTask, Resource then, String thenTask, int flags) {
        MigrationOrders.record(this, new OrderRecord(first, firstTask, null, then, thenTask, null, flags));
    }

    void order(Action first, Action then, int flags) {
        add(new OrderRecord(first.resource, first.keyTask, first, then.resource, then.keyTask, then, flags));
    }

    void order(Action first, Resource then, String thenTask, int flags) {
        add(new OrderRecord(first.resource, first.keyTask, first, then, thenTask, null, flags));
    }

    void order(Resource first, String firstTask, Action then, int flags) {
        add(new OrderRecord(first, firstTask, null, then.resource, then.keyTask, then, flags));
    }

    void add(OrderRecord record) {
        orders.add(record);
    }
}
