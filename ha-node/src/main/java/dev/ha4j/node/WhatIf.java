package dev.ha4j.node;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.HealthColor;
import dev.ha4j.api.config.HealthOptions;
import dev.ha4j.api.config.ResourceSpec;
import dev.ha4j.controller.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A change that is thought through and not made; see {@link NodeAdmin#simulate}. For one thread. */
public final class WhatIf {

    private final ClusterPolicy policy;
    private final Function<String, NodeId> ids;
    private final UnaryOperator<ClusterPolicy> check;
    private final List<Request> requests = new ArrayList<>();
    private final SortedSet<NodeId> lost = new TreeSet<>();

    WhatIf(ClusterPolicy policy, Function<String, NodeId> ids, UnaryOperator<ClusterPolicy> check) {
        this.policy = policy;
        this.ids = ids;
        this.check = check;
    }

    /** The node vanishes without a word; quorum is taken to be kept. */
    public WhatIf lose(String node) {
        lost.add(ids.apply(node));
        return this;
    }

    /** Like {@link NodeAdmin#standby}. */
    public WhatIf standby(String node, boolean on) {
        requests.add(new Request.Standby(ids.apply(node), on));
        return this;
    }

    /** Like {@link NodeAdmin#maintenance(String, boolean)}. */
    public WhatIf maintenance(String node, boolean on) {
        requests.add(new Request.Maintenance(ids.apply(node), on));
        return this;
    }

    /** Like {@link NodeAdmin#cleanup(String)}. */
    public WhatIf cleanup(String resource) {
        requests.add(new Request.ForgetFailures(resource, Optional.empty()));
        return this;
    }

    /** Like {@link NodeAdmin#put}. */
    public WhatIf put(ResourceSpec resource) {
        requests.add(new Request.PutResource(resource));
        return this;
    }

    /** Like {@link NodeAdmin#attribute}. */
    public WhatIf attribute(String node, String name, Optional<String> value) {
        requests.add(new Request.SetAttribute(ids.apply(node), name, value));
        return this;
    }

    /** Like {@link NodeAdmin#health}. */
    public WhatIf health(String node, String what, HealthColor color) {
        return attribute(node, HealthOptions.PREFIX + "-" + what, Optional.of(color.word()));
    }

    /** Like {@link NodeAdmin#grantTicket}. */
    public WhatIf grantTicket(String ticket) {
        return ticket(ticket, Request.TicketChange.GRANT);
    }

    /** Like {@link NodeAdmin#revokeTicket}. */
    public WhatIf revokeTicket(String ticket) {
        return ticket(ticket, Request.TicketChange.REVOKE);
    }

    private WhatIf ticket(String ticket, Request.TicketChange change) {
        requests.add(new Request.ChangeTicket(ticket, change, "nobody", "what if"));
        return this;
    }

    /** Like {@link NodeAdmin#reconfigure}; before anything else that is put. */
    public WhatIf reconfigure(UnaryOperator<ClusterPolicy> change) {
        requests.add(0, new Request.ReplacePolicy(policy, check.apply(change.apply(policy))));
        return this;
    }

    List<Request> requests() {
        return requests;
    }

    SortedSet<NodeId> lost() {
        return lost;
    }
}
