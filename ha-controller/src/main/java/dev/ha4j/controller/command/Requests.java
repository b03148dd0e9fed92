package dev.ha4j.controller.command;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.ResourceSpec;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.ClusterStateBuilder;
import dev.ha4j.api.state.Presence;
import dev.ha4j.api.state.RequestLedger.Answer;
import dev.ha4j.controller.Request;
import dev.ha4j.controller.Request.ChangeTicket;
import dev.ha4j.controller.Request.ChangeVoters;
import dev.ha4j.controller.Request.ConfirmDown;
import dev.ha4j.controller.Request.ForgetFailures;
import dev.ha4j.controller.Request.Maintenance;
import dev.ha4j.controller.Request.ProlongUnblocking;
import dev.ha4j.controller.Request.PutResource;
import dev.ha4j.controller.Request.ReplacePolicy;
import dev.ha4j.controller.Request.SetAttribute;
import dev.ha4j.controller.Request.Standby;
import dev.ha4j.controller.command.StateCommand.Ask;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What applications and operators may change. Each request is answered once; asked again, it gets its first answer. Pure. */
final class Requests {

    private static final int MAX_ATTRIBUTES = 256;

    private Requests() {}

    static Result apply(ClusterState state, Ask ask) {
        Optional<Answer> earlier = state.requests().answer(ask.id());
        if (earlier.isPresent()) {
            return new Result.Refused("asked before", List.of(new Effect.Answered(ask.id(), earlier.get())));
        }
        Result carriedOut = carryOut(state, ask.request());
        if (carriedOut instanceof Result.Applied applied) {
            return answered(applied.state(), ask, "", applied.effects());
        }
        String reason = ((Result.Refused) carriedOut).reason();
        return answered(StateMachine.advance(state).build(), ask, reason, List.of());
    }

    private static Result answered(ClusterState next, Ask ask, String refusal, List<Effect> effects) {
        Answer answer = new Answer(next.version(), refusal);
        List<Effect> all = new ArrayList<>(effects);
        all.add(new Effect.Answered(ask.id(), answer));
        return new Result.Applied(
                next.change().requests(next.requests().with(ask.id(), answer)).build(), all);
    }

    private static Result carryOut(ClusterState state, Request request) {
        if (request instanceof ReplacePolicy replace) {
            return replace.before().equals(state.policy())
                    ? replacePolicy(state, replace.policy())
                    : Result.refused("the configuration has been changed meanwhile: look at it again");
        }
        if (request instanceof PutResource put) {
            return putResource(state, put.resource());
        }
        if (request instanceof Standby standby) {
            return onNode(state, standby.node(), next -> next.node(standby.node(), s -> s.withStandby(standby.on())));
        }
        if (request instanceof Maintenance change) {
            return onNode(state, change.node(), next -> next.node(change.node(), s -> s.withMaintenance(change.on())));
        }
        if (request instanceof SetAttribute set) {
            return setAttribute(state, set);
        }
        if (request instanceof ForgetFailures forget) {
            return StateMachine.applied(Failures.cleared(state, forget.resource(), forget.node()));
        }
        if (request instanceof Request.Fence fence) {
            return state.nodes().containsKey(fence.node())
                    ? OperatorFencing.order(state, fence)
                    : Result.refused("there is no node " + fence.node());
        }
        if (request instanceof ConfirmDown confirm) {
            return confirmDown(state, confirm);
        }
        if (request instanceof ChangeTicket change) {
            return Tickets.change(state, change);
        }
        if (request instanceof ChangeVoters change) {
            return VoterChanges.begin(state, change);
        }
        if (request instanceof ProlongUnblocking prolong) {
            return Unblockings.prolong(state, prolong);
        }
        throw new AssertionError(request);
    }

    private static Result replacePolicy(ClusterState state, ClusterPolicy policy) {
        ClusterPolicy now = state.policy();
        boolean sameVoters = policy.clusterName().equals(now.clusterName())
                && policy.nodes().equals(now.nodes())
                && policy.quorum().equals(now.quorum());
        if (!sameVoters) {
            return Result.refused("nodes and votes can't be changed together with resources: that is changeQuorum");
        }
        if (!unique(policy)) {
            return Result.refused("two resources have the same name");
        }
        Optional<String> refusal = Uniqueness.refusal(state, policy);
        return refusal.isPresent()
                ? Result.refused(refusal.get())
                : StateMachine.applied(
                        StateMachine.advance(state).policy(policy).history(Uniqueness.history(state, policy)));
    }

    private static Result putResource(ClusterState state, ResourceSpec resource) {
        List<ResourceSpec> all = new ArrayList<>(state.policy().resources());
        int at = -1;
        for (int i = 0; i < all.size(); i++) {
            at = all.get(i).id().equals(resource.id()) ? i : at;
        }
        if (at < 0) {
            all.add(resource);
        } else {
            all.set(at, resource);
        }
        return replacePolicy(state, state.policy().withResources(all));
    }

    private static boolean unique(ClusterPolicy policy) {
        long primitives = policy.primitives().count();
        return policy.primitives().map(ResourceSpec::id).distinct().count() == primitives
                && policy.resources().stream().map(ResourceSpec::id).distinct().count()
                        == policy.resources().size();
    }

    private static Result onNode(
            ClusterState state, NodeId node, java.util.function.UnaryOperator<ClusterStateBuilder> change) {
        return state.nodes().containsKey(node)
                ? StateMachine.applied(change.apply(StateMachine.advance(state)))
                : Result.refused("there is no node " + node);
    }

    private static Result setAttribute(ClusterState state, SetAttribute set) {
        TreeMap<String, String> attributes =
                new TreeMap<>(state.node(set.node()).attributes());
        if (set.value().isPresent()) {
            attributes.put(set.name(), set.value().get());
        } else {
            attributes.remove(set.name());
        }
        return attributes.size() > MAX_ATTRIBUTES
                ? Result.refused("a node has at most " + MAX_ATTRIBUTES + " attributes")
                : onNode(state, set.node(), next -> next.node(set.node(), s -> s.withAttributes(attributes)));
    }

    private static Result confirmDown(ClusterState state, ConfirmDown confirm) {
        boolean lost = state.nodes().containsKey(confirm.node())
                && state.node(confirm.node()).presence() == Presence.LOST;
        return lost
                ? Fencing.confirmByHuman(state, confirm.node(), confirm.operator(), confirm.reason())
                : Result.refused("node " + confirm.node() + " is not lost");
    }
}
