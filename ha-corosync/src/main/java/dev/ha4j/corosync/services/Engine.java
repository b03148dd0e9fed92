package dev.ha4j.corosync.services;

import dev.ha4j.api.NodeId;
import dev.ha4j.corosync.CpgMember;
import dev.ha4j.corosync.srp.Outgoing;
import dev.ha4j.corosync.srp.SrpListener;
import dev.ha4j.corosync.wire.Malformed;
import dev.ha4j.corosync.wire.WireReader;
import dev.ha4j.quorum.Votequorum;
import dev.ha4j.totem.RingId;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * What stands between the ring and the services: puts messages into packets and takes them out, and lets only the synchronisation speak
 * while it runs. One thread.
 */
public final class Engine implements SrpListener, Outgoing {

    private final EngineEvents events;
    private final Lane synchronising;
    private final Lane applications;
    private final TreeMap<NodeId, Assembly> assemblies = new TreeMap<>();
    private final TreeMap<NodeId, Assembly> assembliesOfSynchronisation = new TreeMap<>();
    private final TreeMap<Integer, Service> services = new TreeMap<>();
    private final Synchronisation synchronisation;
    private final CpgService cpg;
    private final QuorumService quorum;
    private final Map<String, Long> counters = new TreeMap<>();
    private RingId ring;
    private SortedSet<NodeId> members = Collections.emptySortedSet();

    /** Whether only the synchronisation may speak: until it has ended, from the beginning on. */
    private boolean waiting = true;

    /**
     * An engine of a node that is in no ring yet.
     *
     * @param pid of the process that is in the groups which are joined here
     * @param packetBytes of a packet's payload
     */
    public Engine(NodeId self, int pid, Votequorum quorum, int packetBytes, EngineEvents events) {
        this.events = events;
        this.ring = new RingId(self, 0);
        this.synchronising = new Lane(packetBytes);
        this.applications = new Lane(packetBytes);
        this.cpg = new CpgService(self, pid, this::sendAsService, events);
        this.quorum = new QuorumService(self, quorum, this::sendAsService, events::quorumChanged);
        services.put(Bystander.CONFIGURATION_MAP, new Bystander());
        services.put(CpgCodec.SERVICE, cpg);
        services.put(Bystander.QUORUM_VIEW, new Bystander());
        services.put(QuorumService.NUMBER, this.quorum);
        this.synchronisation = new Synchronisation(
                services, message -> synchronising.add(Group.SYNCHRONISATION.address(message)), this::synchronised);
    }

    private void sendAsService(byte[] message) {
        synchronising.add(Group.SERVICES.address(message));
    }

    // for the owner

    public void join(String group) {
        applications.add(Group.SERVICES.address(cpg.join(group)));
    }

    public void leave(String group) {
        applications.add(Group.SERVICES.address(cpg.leave(group)));
    }

    public void send(String group, byte[] payload) {
        applications.add(Group.SERVICES.address(cpg.message(group, payload)));
    }

    /** Bytes of applications' messages that have not been sent to their end. */
    public long waitingBytes() {
        return applications.bytes();
    }

    public Votequorum quorum() {
        return quorum.quorum();
    }

    /** All of the ring, by name, as far as they are known here. */
    public SortedMap<String, SortedSet<CpgMember>> groups() {
        return cpg.groups();
    }

    public Map<String, Long> counters() {
        return new TreeMap<>(counters);
    }

    // Outgoing

    @Override
    public int packets() {
        return lane().packets();
    }

    @Override
    public byte[] next() {
        return lane().next();
    }

    private Lane lane() {
        return waiting ? synchronising : applications;
    }

    // SrpListener

    @Override
    public void delivered(NodeId sender, ByteBuffer packet) {
        try {
            TreeMap<NodeId, Assembly> active = waiting ? assembliesOfSynchronisation : assemblies;
            for (ByteBuffer message :
                    active.computeIfAbsent(sender, node -> new Assembly()).accept(packet)) {
                dispatch(sender, message);
            }
        } catch (Malformed malformed) {
            count(malformed.reason());
        }
    }

    private void dispatch(NodeId sender, ByteBuffer message) {
        try {
            WireReader in = new WireReader(message);
            Optional<Group> group = Group.read(in);
            if (group.isEmpty()) {
                count("for another group");
            } else if (group.get() == Group.SYNCHRONISATION) {
                synchronisation.received(sender, in);
            } else {
                Envelope envelope = Envelope.read(in);
                Service service = services.get(envelope.service());
                if (service != null) {
                    service.received(sender, envelope.function(), in);
                }
            }
        } catch (Malformed malformed) {
            count(malformed.reason());
        }
    }

    @Override
    public void transitional(SortedSet<NodeId> together, SortedSet<NodeId> left) {
        assemblies.keySet().removeAll(left);
        assembliesOfSynchronisation.keySet().removeAll(left);
        synchronisation.abort(together);
    }

    @Override
    public void regular(RingId newRing, SortedSet<NodeId> newMembers) {
        waiting = true;
        ring = newRing;
        members = newMembers;
        applications.sendRestOnItsOwn();
        synchronising.sendRestOnItsOwn();
        events.ringInstalled(newRing, newMembers);
        synchronisation.begin(newRing, newMembers);
    }

    private void synchronised() {
        waiting = false;
        events.synchronised(ring, members);
    }

    @Override
    public void left() {
        events.left();
    }

    @Override
    public void failed(String reason) {
        events.failed(reason);
    }

    private void count(String event) {
        counters.merge(event, 1L, Long::sum);
    }
}
