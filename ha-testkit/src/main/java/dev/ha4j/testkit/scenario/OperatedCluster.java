package dev.ha4j.testkit.scenario;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.HealthColor;
import dev.ha4j.api.config.HealthOptions;
import dev.ha4j.api.config.ResourceSpec;
import dev.ha4j.controller.Request;
import dev.ha4j.testkit.world.NodeProcess;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What operators ask of a simulated cluster, through a node that is quorate if there is one. */
abstract class OperatedCluster extends BreakableCluster {

    private final Operator operator = new Operator();

    /** An operator's word that a lost node is down; see {@code NodeAdmin.confirmDown}. */
    public SimulatedCluster confirmDown(String node) {
        NodeId target = host(node).id();
        return ask(new Request.ConfirmDown(target, "operator", "went to see it"), target.toString());
    }

    /** Keeps resources off a node, or lets them come back. */
    public SimulatedCluster standby(String node, boolean on) {
        return ask(new Request.Standby(host(node).id(), on), "");
    }

    /** Forgets the failures of a resource on all nodes, so that it is tried again. */
    public SimulatedCluster cleanup(String resource) {
        return ask(new Request.ForgetFailures(known(resource), Optional.empty()), "");
    }

    /** Says how well something is that a node depends on; see {@code NodeAdmin.health}. */
    public SimulatedCluster health(String node, String what, HealthColor color) {
        return ask(
                new Request.SetAttribute(host(node).id(), HealthOptions.PREFIX + "-" + what, Optional.of(color.word())),
                "");
    }

    /** Gives the cluster a ticket; see {@code NodeAdmin.grantTicket}. */
    public SimulatedCluster grantTicket(String ticket) {
        return ask(new Request.ChangeTicket(ticket, Request.TicketChange.GRANT, "operator", "for this site"), "");
    }

    /** Takes a ticket from the cluster; see {@code NodeAdmin.revokeTicket}. */
    public SimulatedCluster revokeTicket(String ticket) {
        return ask(new Request.ChangeTicket(ticket, Request.TicketChange.REVOKE, "operator", "for another site"), "");
    }

    /** Changes the configuration: resources, constraints, options; see {@code NodeAdmin.reconfigure}. */
    public SimulatedCluster reconfigure(UnaryOperator<ClusterPolicy> change) {
        ClusterPolicy before = simulation()
                .process()
                .flatMap(NodeProcess::node)
                .orElseThrow(() -> new IllegalStateException("no node runs that could be asked to reconfigure"))
                .state()
                .policy();
        return ask(new Request.ReplacePolicy(before, change.apply(before)), "");
    }

    /** Adds a resource to the configuration, or replaces the one of its name; see {@code NodeAdmin.put}. */
    public SimulatedCluster put(ResourceSpec resource) {
        return ask(new Request.PutResource(resource), "");
    }

    private SimulatedCluster ask(Request request, String about) {
        NodeProcess asked = simulation()
                .process()
                .orElseThrow(() -> new IllegalStateException("no node runs that could be asked for " + request));
        return disturb("request " + request, world -> operator.ask(world, asked, request, about));
    }
}
