package dev.ha4j.testkit.ring;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.NodeIdentity;
import dev.ha4j.api.config.RingTime;
import dev.ha4j.testkit.check.Findings;
import dev.ha4j.testkit.ring.Addresses.Interface;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.testkit.trace.Trace;
import dev.ha4j.testkit.world.SilentRingListener;
import dev.ha4j.testkit.world.Streams;
import dev.ha4j.testkit.world.VirtualTime;
import dev.ha4j.totem.TokenVisit;
import dev.ha4j.totem.netty.UdpRingReport;
import dev.ha4j.totem.security.CertificateAuthority;
import dev.ha4j.totem.security.ClusterKey;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Hosts with rings on them, in virtual time, and all that can happen to them. Made and run by one thread. */
final class RingWorld {

    /** How long after a datagram was lost upon a closed port its sender hears of that. */
    private static final long REFUSAL_NANOS = 400_000;

    private static final Instant VALID_FROM = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant VALID_UNTIL = Instant.parse("2999-12-31T00:00:00Z");

    private final RingOptions options;
    private final Streams streams;
    private final VirtualTime time = new VirtualTime();
    private final Trace trace = new Trace(time::now);
    private final Findings findings;
    private final LinkNetwork network;
    private final Addresses addresses;
    private final PacketChecker packets;
    private final Captures captures;
    private final RingTotals totals = new RingTotals();
    private final TreeMap<NodeId, RingHost> hosts = new TreeMap<>();
    private final TreeMap<NodeId, Long> tokenVisits = new TreeMap<>();
    private final CertificateAuthority authority;
    private final Exit exit = new Exit();

    RingWorld(RingOptions options, Findings findings) {
        this.options = options;
        this.findings = findings;
        this.streams = new Streams(options.seed());
        this.network = new LinkNetwork(time, streams.stream("net"), options.weather());
        this.addresses = new Addresses(options.ring().nodes(), options.links());
        this.packets = new PacketChecker(findings);
        this.captures =
                new Captures(streams.stream("captures"), options.ring().times().of(RingTime.DETECTION_FLOOR));
        List<ClusterKey> keys = List.of(ClusterKey.generate(streams.stream("key")));
        this.authority =
                CertificateAuthority.create(RingProcess.CLUSTER, streams.stream("authority"), VALID_FROM, VALID_UNTIL);
        for (NodeId node : options.ring().nodes()) {
            Optional<NodeIdentity> identity =
                    options.certificates() ? Optional.of(newIdentity(node)) : Optional.empty();
            hosts.put(node, new RingHost(node, streams.stream("host", node.value()), keys, identity));
        }
    }

    /** A new certificate of the node. */
    NodeIdentity newIdentity(NodeId node) {
        return authority.issue(node, VALID_FROM, VALID_UNTIL);
    }

    RingOptions options() {
        return options;
    }

    Streams streams() {
        return streams;
    }

    VirtualTime time() {
        return time;
    }

    Trace trace() {
        return trace;
    }

    Findings findings() {
        return findings;
    }

    LinkNetwork network() {
        return network;
    }

    /** Where everybody is reached; running processes don't know before they are told. */
    Addresses addresses() {
        return addresses;
    }

    /** Where everybody is reached now. */
    void tellAddresses(RingHost host) {
        host.process().ifPresent(process -> process.changeAddresses(addresses.now()));
    }

    /** What a listener on the wire has kept. */
    Captures captures() {
        return captures;
    }

    PacketChecker packets() {
        return packets;
    }

    /** What the rings counted, of all lives. */
    RingTotals totals() {
        hosts.values().forEach(host -> host.process().ifPresent(process -> totals.running(host, process.report())));
        return totals;
    }

    /** How often the token was at this host, on installed rings. */
    long tokenVisits(RingHost host) {
        return tokenVisits.getOrDefault(host.id(), 0L);
    }

    Collection<RingHost> hosts() {
        return Collections.unmodifiableCollection(hosts.values());
    }

    RingHost host(int number) {
        RingHost host = hosts.get(NodeId.of(number));
        if (host == null) {
            throw new IllegalArgumentException("no node " + number);
        }
        return host;
    }

    void run(Duration duration) {
        time.runUntil(time.now() + duration.toNanos());
    }

    // ---- what happens to processes

    void start(RingHost host) {
        if (host.process().isPresent()) {
            return;
        }
        RingProcess process = process(host, host.nextLife());
        host.runs(process, time.now());
        trace.emit(host.id().value(), process.lifeNumber(), new Event.NodeStarted(host.toString(), 1, true, 0));
        process.start();
    }

    private RingProcess process(RingHost host, int life) {
        int node = host.id().value();
        return new RingProcess(
                options,
                host,
                life,
                host.keys(),
                host.identity(),
                addresses.now(),
                time,
                new Owner(host, life),
                event -> trace.emit(node, life, event),
                (from, to, bytes) -> send(host, life, from, to, bytes));
    }

    void kill(RingHost host, String cause) {
        host.process().ifPresent(process -> {
            totals.ended(process.report());
            process.end();
            packets.ended(host.id(), process.lifeNumber(), time.now());
            trace.emit(host.id().value(), process.lifeNumber(), new Event.NodeDied(cause));
        });
    }

    void freeze(RingHost host) {
        host.process().filter(process -> !process.isFrozen()).ifPresent(process -> {
            process.freeze();
            trace.emit(host.id().value(), process.lifeNumber(), new Event.NodeFroze());
        });
    }

    void wake(RingHost host) {
        host.process().filter(RingProcess::isFrozen).ifPresent(process -> {
            long frozenNanos = process.wake();
            trace.emit(host.id().value(), process.lifeNumber(), new Event.NodeWoke(frozenNanos));
        });
    }

    /** Repairs everything, and starts what is down. */
    void heal() {
        network.heal();
        captures.rest();
        for (RingHost host : hosts.values()) {
            exorcise(host);
            wake(host);
            tellAddresses(host);
            start(host);
        }
        trace.world(new Event.Healed());
    }

    /**
     * Starts a second process that claims to be this node, with these keys and that certificate; what it says of itself counts for
     * nothing.
     *
     * @param life what its datagrams are known by
     */
    void haunt(RingHost host, List<ClusterKey> keys, Optional<NodeIdentity> identity, int life) {
        if (host.impostor().isPresent()) {
            return;
        }
        RingProcess impostor = new RingProcess(
                options,
                host,
                life,
                keys,
                identity,
                addresses.now(),
                time,
                new SilentRingListener(),
                RingProcess::unheard,
                (from, to, bytes) -> send(host, life, from, to, bytes));
        host.haunted(impostor);
        impostor.start();
    }

    void exorcise(RingHost host) {
        host.impostor().ifPresent(RingProcess::end);
    }

    /** Whether everybody who runs is in one ring with all who run. */
    boolean isOneRing() {
        UdpRingReport first = null;
        for (RingHost host : hosts.values()) {
            if (host.process().filter(process -> !process.isLeaving()).isEmpty()) {
                return false;
            }
            UdpRingReport report = host.process().get().report();
            first = first == null ? report : first;
            boolean same = report.ring().state().equals("operational")
                    && report.ring().ring().equals(first.ring().ring())
                    && report.ring().members().size() == hosts.size()
                    && report.ring().queuedMessages() == 0;
            if (!same) {
                return false;
            }
        }
        return true;
    }

    // ---- what travels between them

    private void send(RingHost host, int life, InetSocketAddress from, InetSocketAddress to, byte[] bytes) {
        Interface own = addresses.owner(from);
        if (own == null || !own.node().equals(host.id())) {
            return; // the host has another address there by now
        }
        if (Addresses.isGroup(to)) {
            hosts.values().stream()
                    .filter(each -> each != host)
                    .forEach(each -> sent(new Datagram(host.id(), life, each.id(), own.link(), from, to, bytes)));
            return;
        }
        Interface there = addresses.owner(to);
        if (there != null) {
            sent(new Datagram(host.id(), life, there.node(), own.link(), from, to, bytes));
        }
    }

    private void sent(Datagram datagram) {
        if (datagram.life() > Datagram.FORGED) {
            packets.sent(datagram);
            if (captures.take(datagram, time.now())) {
                return;
            }
        }
        network.send(datagram, exit);
    }

    /** Something comes out of the wire, or is put onto it by whoever can. */
    void arrive(Datagram datagram) {
        if (!datagram.isByGroup() && addresses.owner(datagram.at()) == null) {
            return; // its target has moved
        }
        RingHost target = host(datagram.target().value());
        target.impostor().ifPresent(impostor -> impostor.arrived(datagram, accepted -> {}));
        if (target.process().isPresent()) {
            arrive(datagram, target, target.process().get());
        } else {
            exit.refused(datagram);
        }
    }

    private void arrive(Datagram datagram, RingHost target, RingProcess process) {
        long atNanos = time.now();
        process.arrived(datagram, accepted -> {
            if (accepted) {
                packets.accepted(datagram, target, process.lifeNumber(), atNanos);
            }
        });
    }

    /** The sender hears that nobody listens where the datagram was to go; true or not. */
    void refuse(Datagram datagram) {
        host(datagram.sender().value())
                .process()
                .filter(process -> process.lifeNumber() == datagram.life())
                .ifPresent(process -> process.refused(datagram));
    }

    private final class Exit implements LinkNetwork.Exit {
        @Override
        public void arrives(Datagram datagram) {
            arrive(datagram);
        }

        @Override
        public void refused(Datagram datagram) {
            if (!datagram.isForged()
                    && !datagram.isByGroup()
                    && network.isOpen(datagram.target(), datagram.sender(), datagram.link())) {
                time.after(REFUSAL_NANOS, () -> refuse(datagram));
            }
        }
    }

    /** What the application on a host does: nothing but end when the ring does. */
    private final class Owner extends SilentRingListener {
        private final RingHost host;
        private final int life;

        Owner(RingHost host, int life) {
            this.host = host;
            this.life = life;
        }

        @Override
        public void tokenVisited(TokenVisit visit) {
            tokenVisits.merge(host.id(), 1L, Long::sum);
        }

        @Override
        public void left() {
            endSoon("left");
        }

        @Override
        public void failed(String reason) {
            findings.report("RING", time.now(), host + "#" + life + " failed: " + reason);
        }

        private void endSoon(String cause) {
            time.after(0, () -> {
                if (host.process()
                        .filter(process -> process.lifeNumber() == life)
                        .isPresent()) {
                    kill(host, cause);
                }
            });
        }
    }
}
