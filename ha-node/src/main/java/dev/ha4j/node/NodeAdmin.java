package dev.ha4j.node;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.AuthKey;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.FencePath;
import dev.ha4j.api.config.HealthColor;
import dev.ha4j.api.config.HealthOptions;
import dev.ha4j.api.config.InvalidConfigurationException;
import dev.ha4j.api.config.NodeIdentity;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.ResourceSpec;
import dev.ha4j.api.report.FenceAnswer;
import dev.ha4j.api.report.PlanReport;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.controller.QuorumWord.CancelWaitForAll;
import dev.ha4j.controller.QuorumWord.Unblock;
import dev.ha4j.controller.Request;
import dev.ha4j.controller.RequestResult;
import dev.ha4j.node.assembly.NodeAssembly;
import dev.ha4j.quorum.QuorumDevice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What operators ask of the cluster, over any of its nodes. Nothing blocks; the answer comes when a quorum has it on disk, and
 * is {@link RequestResult.Indeterminate} if nobody can know.
 */
public final class NodeAdmin {

    /** What has to be said to {@link #unblockByForce}. */
    public static final String FORCE = "the other side may be alive, and I answer for two leaders";

    private final NodeAssembly assembly;

    NodeAdmin(NodeAssembly assembly) {
        this.assembly = assembly;
    }

    /**
     * An operator's word that a lost node is down: resources that allow it are taken over at once. If the node is not down,
     * they run twice. Kept in the history with name and reason.
     *
     * @throws IllegalArgumentException without a name and a reason, or if there is no such node
     */
    public CompletionStage<RequestResult> confirmDown(String node, String operator, String reason) {
        return assembly.request(new Request.ConfirmDown(node(node).id(), operator, reason));
    }

    /**
     * Orders a node to be fenced, member or not: the power of its machine goes off, and what ran there runs elsewhere. While
     * this node is quorate the order goes through the cluster like any other fencing. Without quorum it is this node's own
     * devices that act, at the operator's responsibility, and what they confirm unlocks nothing until there is quorum again.
     * Kept in the history with name and reason.
     *
     * @return what came of the next attempt: {@link FenceAnswer.Outcome#UNKNOWN} if it may have been done, also if the ring
     *     changed meanwhile. A lost node is tried again by the cluster until its end is proven, a member is not
     * @throws IllegalArgumentException without a name and a reason, or if there is no such node
     */
    public CompletionStage<FenceAnswer> fence(String node, String operator, String reason) {
        return assembly.fence(new Request.Fence(node(node).id(), operator, reason));
    }

    /** Keeps resources off a node, or lets them come back. */
    public CompletionStage<RequestResult> standby(String node, boolean on) {
        return assembly.request(new Request.Standby(node(node).id(), on));
    }

    /** Leaves all resources of the cluster alone, or takes care of them again. */
    public CompletionStage<RequestResult> maintenance(boolean on) {
        ClusterPolicy policy = assembly.state().policy();
        return assembly.request(new Request.ReplacePolicy(
                policy, policy.withOptions(policy.options().withMaintenance(on))));
    }

    /** Leaves the resources of one node alone, or takes care of them again. */
    public CompletionStage<RequestResult> maintenance(String node, boolean on) {
        return assembly.request(new Request.Maintenance(node(node).id(), on));
    }

    /** Forgets the failures of a resource on all nodes, so that it is tried again. */
    public CompletionStage<RequestResult> cleanup(String resource) {
        return assembly.request(new Request.ForgetFailures(resource, Optional.empty()));
    }

    /** Forgets the failures of a resource on one node. */
    public CompletionStage<RequestResult> cleanup(String resource, String node) {
        return assembly.request(
                new Request.ForgetFailures(resource, Optional.of(node(node).id())));
    }

    /** Adds a resource to the configuration, or replaces the one of its name. */
    public CompletionStage<RequestResult> put(ResourceSpec resource) {
        return assembly.request(new Request.PutResource(resource));
    }

    /**
     * Sets a parameter of a primitive, or removes it: the resource is reloaded or restarted where it runs. It is refused if the
     * configuration was changed by somebody else meanwhile.
     *
     * @throws IllegalArgumentException if there is no such primitive
     * @throws InvalidConfigurationException with everything that is wrong with what comes out
     */
    public CompletionStage<RequestResult> parameter(String resource, String name, Optional<String> value) {
        return reconfigure(policy -> policy.withPrimitive(
                resource,
                primitive -> value.map(text -> primitive.parameter(name, text))
                        .orElseGet(() -> primitive.withoutParameter(name))));
    }

    /** Sets an attribute of a node, or removes it. */
    public CompletionStage<RequestResult> attribute(String node, String name, Optional<String> value) {
        return assembly.request(new Request.SetAttribute(node(node).id(), name, value));
    }

    /**
     * Says how well something is that a node depends on; what that means for its resources is said by {@link
     * dev.ha4j.api.config.HealthOptions}. Kept until it is said anew, over restarts of the node too.
     *
     * @param what any name, as in {@code disk}
     */
    public CompletionStage<RequestResult> health(String node, String what, HealthColor color) {
        return attribute(node, HealthOptions.PREFIX + "-" + what, Optional.of(color.word()));
    }

    /**
     * Gives this cluster a ticket: what {@linkplain dev.ha4j.api.config.TicketConstraint depends} on it may run. Take it away from the
     * cluster that has it first. Kept with name and reason.
     *
     * @throws IllegalArgumentException without a name and a reason
     */
    public CompletionStage<RequestResult> grantTicket(String ticket, String operator, String reason) {
        return assembly.request(new Request.ChangeTicket(ticket, Request.TicketChange.GRANT, operator, reason));
    }

    /**
     * Makes ready for a ticket to be taken away: what depends on it stops, or is demoted, in peace, whatever its loss policy. Kept
     * with name and reason.
     *
     * @throws IllegalArgumentException without a name and a reason
     */
    public CompletionStage<RequestResult> standbyTicket(String ticket, String operator, String reason) {
        return assembly.request(new Request.ChangeTicket(ticket, Request.TicketChange.STANDBY, operator, reason));
    }

    /**
     * Takes a ticket from this cluster: the loss policies say what becomes of what depends on it. {@link RequestResult.Applied} says
     * that nothing new begins, not that all has stopped: wait for that, in {@link HaNode#report}, before another cluster gets the
     * ticket. Kept with name and reason.
     *
     * @throws IllegalArgumentException without a name and a reason
     */
    public CompletionStage<RequestResult> revokeTicket(String ticket, String operator, String reason) {
        return assembly.request(new Request.ChangeTicket(ticket, Request.TicketChange.REVOKE, operator, reason));
    }

    /**
     * Changes the configuration: resources, constraints, options. It is refused if it was changed by somebody else meanwhile;
     * nodes and votes are changed by {@link #changeQuorum}.
     *
     * @param change from the present configuration to the wanted one
     * @throws InvalidConfigurationException with everything that is wrong with what comes out
     */
    public CompletionStage<RequestResult> reconfigure(UnaryOperator<ClusterPolicy> change) {
        ClusterPolicy before = assembly.state().policy();
        return assembly.request(new Request.ReplacePolicy(before, assembly.checked(change.apply(before))));
    }

    /**
     * Changes the keys that this node, and no other, accepts; the first is the one in which it sends. Without downtime in three rounds, each on all
     * nodes before the next: {@code (old, next)}, {@code (next, old)}, {@code (next)}, where {@code next} has another
     * {@linkplain AuthKey#number(int) number}. {@link dev.ha4j.api.report.RingSummary#network()} says who sends in which. The
     * configuration with which a node starts later has to have the new one. A passphrase is derived on the thread that calls, which
     * takes some tenths of a second.
     *
     * @return fails with {@link IllegalStateException}, and nothing has changed, if a key is left out that is still in use; the
     *     message says by whom; with {@link IllegalArgumentException} for two keys of one number
     */
    public CompletionStage<Void> changeKeys(AuthKey first, AuthKey... others) {
        List<AuthKey> all = new ArrayList<>(List.of(others));
        all.add(0, first);
        return assembly.changeKeys(all);
    }

    /**
     * Shows another certificate to the others, before the present one expires or because the authority is replaced: first give all
     * nodes an identity that believes both authorities, then one issued by the new one, then one that believes it alone. Costs no
     * packet and no session.
     *
     * @return fails with {@link IllegalStateException} if the node was started without one, with {@link
     *     IllegalArgumentException} if the certificate is not that of this node
     */
    public CompletionStage<Void> changeIdentity(NodeIdentity identity) {
        return assembly.changeIdentity(identity);
    }

    /**
     * Changes who votes and how, while the cluster runs: votes of nodes, nodes added or removed, and the options of {@link
     * dev.ha4j.api.config.QuorumOptions}; together with the fence devices of the nodes, and with nothing else. From its
     * beginning to its end a quorum is what is one by the old and by the new rule. {@link RequestResult.Applied} says that it
     * has begun and can't be lost; it is done when {@code state().voters().change()} is empty, mostly a few milliseconds
     * later. One change at a time; those who are here have to be quorate by the new rule too, so start nodes that are added
     * first ({@link HaNodeBuilder#joinExisting}). What is removed must have nothing active, or be proven down. Kept with name
     * and reason.
     *
     * @param change from the present configuration to the wanted one, as in {@code policy -> policy.withVotes("a", 2)}
     * @throws InvalidConfigurationException with everything that is wrong with what comes out
     * @throws IllegalArgumentException without a name and a reason, or if a quorum device is added and this node has none; see
     *     {@link #quorumDevice}
     */
    public CompletionStage<RequestResult> changeQuorum(
            UnaryOperator<ClusterPolicy> change, String operator, String reason) {
        ClusterPolicy before = assembly.state().policy();
        ClusterPolicy after = assembly.checked(change.apply(before));
        if (before.quorum().device().isEmpty() && after.quorum().device().isPresent() && !assembly.hasQuorumDevice()) {
            throw new IllegalArgumentException(
                    "this node has no quorum device to ask: give each node its own with quorumDevice(...) first");
        }
        return assembly.request(new Request.ChangeVoters(before, after, operator, reason));
    }

    /**
     * Gives this node, and no other, the quorum device to ask, where it was started without one, or with another that has no
     * votes any more. It has no votes yet: when each node has its own, {@link #changeQuorum} gives them. To take another
     * device, take the votes of the one before first: two devices at a time could give theirs to two sides. What was given is
     * closed when another takes its place, and with the node. {@link QuorumDevice#NONE} takes the device away.
     *
     * @throws IllegalStateException if the present device has votes, or the node has stopped; then {@code device} is still the
     *     caller's to close
     */
    public void quorumDevice(QuorumDevice device) {
        assembly.quorumDevice(Objects.requireNonNull(device, "device"));
    }

    /**
     * An operator's word that these nodes are down: the part of the cluster that this node is in goes on without them, though
     * it has no quorum. It is for the case that a majority is gone. <strong>What they had acknowledged and nobody here knows
     * is lost, and if they are alive and quorate, the cluster has two leaders.</strong> So see to it that they are off, and
     * don't start them where they can't reach this part.
     *
     * <p>Refused while there is a quorum; if one of them is here, or answers a node of this part, or did within three times the
     * time in which a lease runs out (10 s by default); if a fence device that is configured for one of them has not confirmed
     * since the quorum was lost that it is off ({@link #fence} works without quorum); and if there would be no quorum among
     * the rest. {@link RequestResult.Applied} says that this part goes on, and that those who are quorate now have it on disk.
     *
     * <p>From then on the named are confirmed down ({@link #confirmDown}), tokens leap so that those of the others are old, no
     * lease of a lost node proves anything, and a quorum device has no votes. Who comes back takes this part's state, and is
     * expected again. When the time is over all are expected again, and without a majority of all there is no quorum any more;
     * until then take those who are gone for good out of the configuration ({@link #removeNode}), or {@linkplain
     * #prolongUnblocking prolong} it. Kept with name and reason ({@code state().voters().words()}), and named by {@link
     * HaNode#report} for as long as somebody has not come back.
     *
     * @param down names of configured nodes that are not here
     * @param length 1 s to 7 days
     * @throws IllegalArgumentException without a name and a reason, for another length, or if there is no such node
     */
    public CompletionStage<RequestResult> unblock(
            Collection<String> down, Duration length, String operator, String reason) {
        return assembly.say(word(down, length, operator, reason, false));
    }

    /**
     * The same, also if the named may be alive, by these words and no others.
     *
     * @param words {@link #FORCE}
     * @throws IllegalArgumentException for other words, and as {@link #unblock}
     */
    public CompletionStage<RequestResult> unblockByForce(
            String words, Collection<String> down, Duration length, String operator, String reason) {
        if (!words.equals(FORCE)) {
            throw new IllegalArgumentException("if you mean it, say: " + FORCE);
        }
        return assembly.say(word(down, length, operator, reason, true));
    }

    private Unblock word(Collection<String> down, Duration length, String operator, String reason, boolean forced) {
        SortedSet<NodeId> declared = new TreeSet<>();
        down.forEach(name -> declared.add(node(name).id()));
        return new Unblock(declared, length, forced, operator, reason, assembly.wallMillis());
    }

    /**
     * The cluster, which goes on at an operator's word, does so for this long from now on; also for less than before.
     *
     * @throws IllegalArgumentException without a name and a reason, or for a length that {@link #unblock} does not take
     */
    public CompletionStage<RequestResult> prolongUnblocking(Duration length, String operator, String reason) {
        return assembly.request(new Request.ProlongUnblocking(length, operator, reason));
    }

    /**
     * An operator's word that nobody need wait for all nodes ({@code waitForAll}) any longer: those who are here, and would be
     * quorate if they did not wait, are. A majority is safe whoever is missing, so that nobody is asked whether the others
     * live. Who starts later waits again. Refused if they don't wait, or are no majority. Kept with name and reason.
     *
     * @throws IllegalArgumentException without a name and a reason
     */
    public CompletionStage<RequestResult> cancelWaitForAll(String operator, String reason) {
        return assembly.say(new CancelWaitForAll(operator, reason));
    }

    /**
     * Adds a node to the cluster: the ring of all nodes has a place for it at once, and it votes when a quorum by the old and by the
     * new rule has that on disk. Then start it with {@link HaNodeBuilder#joinExisting}, with a configuration that names all nodes.
     * Refused if those who are here would not be quorate with one more vote expected: add it with no vote then
     * ({@code node.votes(0)}), start it, and give it its vote with {@link #changeQuorum}. Fence devices that are wanted for it have
     * to be among those with which the nodes were started.
     *
     * @throws InvalidConfigurationException with everything that is wrong with what comes out
     * @throws IllegalArgumentException without a name and a reason
     */
    public CompletionStage<RequestResult> addNode(NodeSpec node, String operator, String reason) {
        return changeQuorum(policy -> policy.withNode(node), operator, reason);
    }

    /**
     * Removes a node from the cluster: its votes first, then, when it has left or after some token timeouts, its place in the ring of
     * all nodes. It stops by itself when it hears of it. Refused while something may be active on it: put it on standby, or if it is
     * lost have it fenced or confirmed down. Fence devices are not asked for it any more.
     *
     * @throws InvalidConfigurationException with everything that is wrong with what comes out, constraints that name it for example
     * @throws IllegalArgumentException without a name and a reason, or if there is no such node
     */
    public CompletionStage<RequestResult> removeNode(String node, String operator, String reason) {
        String name = node(node).name();
        return changeQuorum(policy -> without(policy, name), operator, reason);
    }

    private static ClusterPolicy without(ClusterPolicy policy, String node) {
        ClusterPolicy rest = policy.withoutNode(node);
        List<FencePath> paths = policy.fencing().stream()
                .map(path -> path.without(node))
                .filter(path -> !path.targets().isEmpty())
                .toList();
        return rest.withVoters(rest.nodes(), rest.quorum(), paths);
    }

    /**
     * Says what the cluster would do next if something were changed or lost, and why there, without doing it. Takes as long as
     * a plan takes (milliseconds) on the thread that calls; nobody else hears of it.
     *
     * @param change says what is to be thought through
     * @throws IllegalArgumentException if the change would be refused, with the reason; {@link InvalidConfigurationException}
     *     if the configuration that comes out can't be run
     */
    public PlanReport simulate(Consumer<WhatIf> change) {
        ClusterState state = assembly.state();
        WhatIf whatIf = new WhatIf(state.policy(), name -> node(name).id(), assembly::checked);
        change.accept(whatIf);
        return assembly.simulate(state, whatIf.requests(), whatIf.lost());
    }

    private NodeSpec node(String name) {
        ClusterPolicy policy = assembly.state().policy();
        return policy.node(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no node " + name + " in " + policy.clusterName() + ", but "
                                + policy.nodes().stream().map(NodeSpec::name).toList()));
    }
}
