package dev.ha4j.node.assembly;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.Role;
import dev.ha4j.api.config.Clone;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.config.RingOptions;
import dev.ha4j.api.report.FenceReport;
import dev.ha4j.api.report.LinkSummary;
import dev.ha4j.api.report.MemberReport;
import dev.ha4j.api.report.NetworkSummary;
import dev.ha4j.api.report.NodePhase;
import dev.ha4j.api.report.NodeReport;
import dev.ha4j.api.report.QuorumReport;
import dev.ha4j.api.report.RehearsalReport;
import dev.ha4j.api.report.ResourceReport;
import dev.ha4j.api.report.RingSummary;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.NodeStatus;
import dev.ha4j.api.state.TermGrant;
import dev.ha4j.resources.Blockage;
import dev.ha4j.totem.RingReport;
import dev.ha4j.totem.netty.LinkReport;
import dev.ha4j.totem.netty.UdpRingReport;
import dev.ha4j.totem.security.CertificateReport;
import dev.ha4j.totem.security.SecurityReport;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Makes a report from what a node knows. Why something is not where it should be is what a plan says; a plan is a function of
 * the replicated state, so that every node can make it.
 *
 * @param self this node
 * @param phase how far its life has got
 * @param state as replicated
 * @param quorum as counted last
 * @param counted nodes whose votes were
 * @param ring as looked at last
 * @param network as looked at last; empty without sockets
 * @param options of the ring
 * @param undeliveredBytes between the ring and the controller
 * @param ringProblems what is wrong with the ring's configuration
 * @param wallMillis by which certificates expire
 * @param fencing devices of this node
 * @param rehearsal what it has played
 * @param blocked what can't be done in this state
 */
record NodeReporter(
        NodeId self,
        NodePhase phase,
        ClusterState state,
        QuorumReport quorum,
        SortedSet<NodeId> counted,
        RingReport ring,
        Optional<UdpRingReport> network,
        RingOptions options,
        long undeliveredBytes,
        List<String> ringProblems,
        long wallMillis,
        List<FenceReport> fencing,
        Optional<RehearsalReport> rehearsal,
        List<Blockage> blocked) {

    NodeReport report() {
        ClusterPolicy policy = state.policy();
        Optional<String> controller = quorum.quorate() ? state.controller().map(policy::nameOf) : Optional.empty();
        return new NodeReport(
                policy.clusterName(),
                policy.nameOf(self),
                self,
                phase,
                state.version(),
                controller,
                ringSummary(),
                quorum,
                members(),
                resources(),
                fencing,
                rehearsal,
                problems());
    }

    private RingSummary ringSummary() {
        return new RingSummary(
                ring.state(),
                ring.ring().map(Object::toString).orElse(""),
                names(ring.members()),
                names(ring.suspects()),
                ring.queuedMessages(),
                undeliveredBytes,
                network.map(UdpRingReport::links).orElse(List.of()).stream()
                        .map(this::linkSummary)
                        .toList(),
                ring.token(),
                network.map(this::networkSummary).orElse(NetworkSummary.NONE),
                ring.sent(),
                ring.received(),
                options,
                ring.counters());
    }

    private LinkSummary linkSummary(LinkReport link) {
        return new LinkSummary(
                state.policy().nameOf(link.peer()),
                link.number(),
                link.up(),
                link.roundTrip(),
                link.shortest(),
                link.longest(),
                link.loss(),
                link.address().toString(),
                link.ups(),
                link.downs(),
                link.datagramBytes(),
                link.traffic(),
                link.byMulticast());
    }

    private NetworkSummary networkSummary(UdpRingReport report) {
        SecurityReport security = report.security();
        TreeMap<String, Long> rejected = new TreeMap<>();
        security.rejected().forEach((reason, count) -> {
            if (count > 0) {
                rejected.put(reason.name(), count);
            }
        });
        TreeMap<String, Long> removed = new TreeMap<>();
        security.removedPeers()
                .forEach((node, count) -> removed.put(state.policy().nameOf(node), count));
        TreeMap<String, Integer> keys = new TreeMap<>();
        security.confirmedPeers().forEach((node, key) -> keys.put(state.policy().nameOf(node), key));
        return new NetworkSummary(
                Optional.of(report.sockets()),
                report.bound().stream().map(InetSocketAddress::toString).toList(),
                report.receiveBufferBytes(),
                report.packetsIn(),
                report.packetsOut(),
                report.oversized(),
                report.refusals(),
                report.undecodable(),
                rejected,
                removed,
                security.keyId(),
                security.acceptedKeyIds(),
                keys,
                certificates(security.certificates()),
                report.loopStallMax(),
                report.loopStalls());
    }

    private SortedMap<String, Instant> certificates(CertificateReport certificates) {
        TreeMap<String, Instant> ends = new TreeMap<>();
        certificates.ends().forEach((node, end) -> ends.put(state.policy().nameOf(node), end));
        return ends;
    }

    private SortedSet<String> names(Set<NodeId> nodes) {
        return nodes.stream().map(state.policy()::nameOf).collect(Collectors.toCollection(TreeSet::new));
    }

    private List<MemberReport> members() {
        return state.nodes().stream()
                .map(entry -> member(entry.getKey(), entry.getValue()))
                .toList();
    }

    private MemberReport member(NodeId id, NodeStatus status) {
        Optional<NodeSpec> voter = state.policy().node(id);
        boolean expected = voter.isPresent() && !state.voters().excused().contains(id);
        return new MemberReport(
                id,
                state.policy().nameOf(id),
                voter.map(NodeSpec::votes).orElse(0),
                expected,
                counted.contains(id),
                status);
    }

    private List<ResourceReport> resources() {
        Set<String> promotable = promotable();
        ActiveRoles active = ActiveRoles.of(state, promotable);
        return state.policy()
                .primitives()
                .flatMap(primitive -> state.policy().instances(primitive.id()).stream()
                        .map(name -> resource(name, primitive, promotable.contains(name), active)))
                .toList();
    }

    private Set<String> promotable() {
        return state.policy().resources().stream()
                .filter(Clone.class::isInstance)
                .map(Clone.class::cast)
                .filter(clone -> clone.options().promotable())
                .map(clone -> clone.child().id())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private ResourceReport resource(String name, Primitive primitive, boolean promotable, ActiveRoles active) {
        Role highest = promotable ? Role.PROMOTED : Role.STARTED;
        Role wanted = primitive
                .meta()
                .targetRole()
                .filter(role -> role.compareTo(highest) < 0)
                .orElse(highest);
        TreeMap<String, Role> byName = new TreeMap<>();
        active.of(name).forEach((node, role) -> byName.put(state.policy().nameOf(node), role));
        Optional<TermGrant> grant = state.terms().grants().get(name);
        OptionalLong token = grant.isPresent() ? OptionalLong.of(grant.get().token()) : OptionalLong.empty();
        List<String> reasons = blocked.stream()
                .filter(blockage ->
                        blockage.resource().equals(name) || blockage.resource().equals(name + "-clone"))
                .map(Blockage::reason)
                .toList();
        return new ResourceReport(name, wanted, byName, token, reasons, failures(name));
    }

    private List<String> failures(String resource) {
        return state.failures().stream()
                .filter(entry -> entry.getKey().resource().equals(resource))
                .map(entry -> entry.getKey().operation() + " failed "
                        + entry.getValue().count() + " times on "
                        + state.policy().nameOf(entry.getKey().node()))
                .toList();
    }

    private List<String> problems() {
        List<String> problems = new ArrayList<>(ringProblems);
        if (!ring.strangers().isEmpty()) {
            problems.add("others have nodes " + ring.strangers()
                    + ", which this one does not know: it needs the present configuration to join them");
        }
        network.ifPresent(report ->
                problems.addAll(new IntroductionProblems(report.security(), state.policy(), wallMillis).all()));
        fencing.forEach(device ->
                device.problems().forEach(problem -> problems.add("fence device " + device.device() + ": " + problem)));
        state.nodes().stream()
                .filter(entry -> entry.getValue().isUnclean())
                .forEach(entry -> problems.add(
                        "node " + state.policy().nameOf(entry.getKey()) + " is lost, and nothing is known of its end"));
        return problems;
    }
}
