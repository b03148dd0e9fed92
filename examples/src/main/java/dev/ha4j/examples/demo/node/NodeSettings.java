package dev.ha4j.examples.demo.node;

import dev.ha4j.api.LeadershipOptions;
import dev.ha4j.api.NodeId;
import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.config.AuthKey;
import dev.ha4j.api.config.ClusterConfig;
import dev.ha4j.api.config.ClusterConfigBuilder;
import dev.ha4j.api.config.LinkAddress;
import dev.ha4j.api.config.QuorumDeviceOptions;
import dev.ha4j.api.config.QuorumOptions;
import dev.ha4j.api.config.TieBreaker;
import dev.ha4j.examples.demo.Lines;
import dev.ha4j.fencing.FenceDevice;
import dev.ha4j.fencing.ipmi.Ipmi;
import dev.ha4j.fencing.ipmi.Secret;
import dev.ha4j.qnetd.Algorithm;
import dev.ha4j.qnetd.QnetdSettings;
import dev.ha4j.qnetd.TlsMode;
import dev.ha4j.qnetd.netty.QnetdDevice;
import dev.ha4j.quorum.QuorumDevice;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a node's process is told, in a file.
 *
 * @param self its name
 * @param bind address and port that it binds
 * @param peers all nodes, this one included
 * @param keyFile secret of the cluster
 * @param stateDirectory for this node alone
 * @param bmcUser login of all BMCs
 * @param bmcPassword its password
 * @param fenced whether there are fence devices; if not, the leadership demands a storage that refuses old tokens
 * @param witnessPort TCP port of the quorum device; 0 if there is none
 * @param judgePort UDP port of the judge; 0 for a leader that does nothing
 */
public record NodeSettings(
        String self,
        String bind,
        List<Peer> peers,
        String keyFile,
        String stateDirectory,
        String bmcUser,
        String bmcPassword,
        boolean fenced,
        int witnessPort,
        int judgePort) {

    /** The shortest that there is: a machine that is cut off is given up by the witness after half as long again. */
    private static final Duration WITNESS_HEARTBEAT = Duration.ofSeconds(1);

    /**
     * One node.
     *
     * @param id number
     * @param name name
     * @param address where the others reach it
     * @param bmcPort UDP port of its BMC on this machine
     */
    public record Peer(int id, String name, String address, int bmcPort) {}

    /** Reads a file that {@link #writeTo} wrote. */
    public static NodeSettings read(Path file) throws IOException {
        return Lines.read(Files.readString(file), NodeSettings.class);
    }

    /** Writes this to a file. */
    public void writeTo(Path file) throws IOException {
        Files.writeString(file, Lines.write(this));
    }

    InetSocketAddress bindAddress() {
        LinkAddress address = LinkAddress.parse(bind);
        return new InetSocketAddress(address.host(), address.port());
    }

    /** The number of this node. */
    int id() {
        return peers.stream()
                .filter(peer -> peer.name().equals(self))
                .findFirst()
                .orElseThrow()
                .id();
    }

    /** The cluster: its nodes, for each the device that takes its power, and a witness if there are only two. */
    ClusterConfig cluster() {
        ClusterConfigBuilder cluster = ClusterConfig.named("demo")
                .authKey(AuthKey.file(Path.of(keyFile)))
                .quorum(
                        hasWitness()
                                ? QuorumOptions.DEFAULTS.withDevice(QuorumDeviceOptions.DEFAULTS)
                                : QuorumOptions.DEFAULTS.withWaitForAll());
        for (Peer peer : peers) {
            cluster.node(peer.id(), peer.name(), peer.address());
            if (fenced) {
                cluster.fencing(bmc(peer));
            }
        }
        return cluster.build();
    }

    /** The connection to the witness. */
    QuorumDevice witness() {
        if (!hasWitness()) {
            return QuorumDevice.NONE;
        }
        SortedSet<NodeId> nodes = new TreeSet<>();
        peers.forEach(peer -> nodes.add(NodeId.of(peer.id())));
        QnetdSettings settings = new QnetdSettings(
                "demo", NodeId.of(id()), nodes, 1, Algorithm.FFSPLIT, TieBreaker.NONE, WITNESS_HEARTBEAT, TlsMode.OFF);
        // Each node has a relay of its own, which can be cut, before the one witness.
        return QnetdDevice.plain(
                settings.askingArbiter("witness"),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), witnessPort));
    }

    private boolean hasWitness() {
        return witnessPort != 0;
    }

    private FenceDevice bmc(Peer peer) {
        return Ipmi.device("bmc-" + peer.name())
                .target(peer.name())
                .address("127.0.0.1")
                .credentials(Secret.of(bmcUser), Secret.of(bmcPassword))
                .port(peer.bmcPort());
    }

    /** Fencing before promotion, or else a storage that checks tokens: the judge is one. */
    LeadershipOptions leadership() {
        return LeadershipOptions.requires(fenced ? ProofLevel.POWER_VERIFIED : ProofLevel.RESOURCE_TOKEN);
    }
}
