package dev.ha4j.examples.demo;

import dev.ha4j.api.config.AuthKey;
import dev.ha4j.examples.demo.judge.Tenure;
import dev.ha4j.examples.demo.node.NodeSettings;
import dev.ha4j.examples.demo.node.NodeSettings.Peer;
import dev.ha4j.examples.demo.node.NodeStatus;
import dev.ha4j.fencing.ipmi.Privilege;
import dev.ha4j.fencing.ipmi.testkit.BmcSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** Three machines, a BMC for each, a judge and, where packets are to be dropped, a relay in front of each machine. */
final class Arena implements AutoCloseable {

    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final Duration STEADY_LIMIT = Duration.ofSeconds(60);
    private static final String BMC_USER = "fence";

    private final SortedMap<String, Machine> machines = new TreeMap<>();
    private final SortedMap<String, BmcSimulator> bmcs = new TreeMap<>();
    private final SortedMap<String, Relay> relays = new TreeMap<>();
    private final EventLog events = new EventLog();
    private final Judge judge;
    private final String bmcPassword;

    /** What an arena is made of. */
    record Plan(Path directory, boolean fenced, boolean relayed, boolean acting) {}

    Arena(Plan plan, RandomGenerator random) throws IOException {
        this.bmcPassword = Long.toHexString(random.nextLong());
        Files.createDirectories(plan.directory());
        this.judge = new Judge(plan.directory().resolve("judge.log"));
        Path key = writeKey(plan.directory().resolve("cluster.key"));
        Ports ports = new Ports(random);
        List<Peer> peers = new ArrayList<>();
        for (int id = 1; id <= NAMES.size(); id++) {
            String name = NAMES.get(id - 1);
            InetSocketAddress address = ports.next();
            Machine machine = new Machine(
                    id,
                    name,
                    plan.directory().resolve(name + ".json"),
                    plan.directory().resolve(name + ".log"),
                    events);
            BmcSimulator bmc = BmcSimulator.builder()
                    .user(BMC_USER, bmcPassword, Privilege.ADMINISTRATOR)
                    .guid("a123456789abcdefa12345678900000" + id)
                    .chassis(machine)
                    .start();
            machines.put(name, machine);
            bmcs.put(name, bmc);
            peers.add(new Peer(id, name, "127.0.0.1:" + address.getPort(), bmc.port()));
        }
        for (Peer peer : peers) {
            writeSettings(plan, peer, peers, key, bindOf(plan, peer, ports));
        }
    }

    private static Path writeKey(Path file) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, AuthKey.random().hex());
    }

    private String bindOf(Plan plan, Peer peer, Ports ports) {
        if (!plan.relayed()) {
            return peer.address();
        }
        InetSocketAddress bound = ports.next();
        int port = Integer.parseInt(peer.address().substring(peer.address().indexOf(':') + 1));
        InetSocketAddress address = new InetSocketAddress(bound.getAddress(), port);
        relays.put(peer.name(), new Relay(peer.id(), address, bound));
        return "127.0.0.1:" + bound.getPort();
    }

    private void writeSettings(Plan plan, Peer self, List<Peer> peers, Path key, String bind) throws IOException {
        Path directory = plan.directory();
        new NodeSettings(
                        self.name(),
                        bind,
                        peers,
                        key.toString(),
                        directory.resolve(self.name() + ".state").toString(),
                        BMC_USER,
                        bmcPassword,
                        plan.fenced(),
                        plan.acting() ? judge.port() : 0)
                .writeTo(directory.resolve(self.name() + ".json"));
    }

    List<Machine> machines() {
        return List.copyOf(machines.values());
    }

    Judge judge() {
        return judge;
    }

    EventLog events() {
        return events;
    }

    BmcSimulator bmcOf(Machine machine) {
        return Optional.ofNullable(bmcs.get(machine.name())).orElseThrow();
    }

    /** Nothing from or to this machine gets through any more. */
    void cutOff(Machine machine) {
        relays.values().forEach(relay -> relay.cut(machine.id()));
    }

    /** Gives power to all and waits until all are members, one of them leads and acts. Returns what it does. */
    Tenure awaitSteady() {
        relays.values().forEach(Relay::heal);
        List<Machine> dark = machines().stream()
                .filter(machine -> !machine.isOn() || !machine.isRunning())
                .toList();
        dark.forEach(Machine::powerOn);
        dark.forEach(Machine::awaitReady);
        SortedSet<String> all = new TreeSet<>(machines.keySet());
        Patience.until(() -> "a steady cluster; the nodes say " + explanations(), STEADY_LIMIT, () -> isSteady(all));
        return judge.newest().orElseGet(() -> new Tenure(0, leaderByStatus(), 0, 0, 0, 0, 0));
    }

    private boolean isSteady(SortedSet<String> all) {
        return machines().stream()
                .allMatch(machine ->
                        machine.status().filter(status -> status.isSteady(all)).isPresent());
    }

    private int leaderByStatus() {
        return machines().stream()
                .flatMap(machine -> machine.status().stream())
                .findFirst()
                .flatMap(NodeStatus::leader)
                .map(name -> machine(name).id())
                .orElse(0);
    }

    /** Why things are as they are, in the nodes' words. */
    List<String> explanations() {
        return machines().stream()
                .map(machine -> machine + ": "
                        + machine.status().map(NodeStatus::explanation).orElse("no answer"))
                .toList();
    }

    Machine machine(String name) {
        return Optional.ofNullable(machines.get(name)).orElseThrow();
    }

    Machine machine(int id) {
        return machines().stream()
                .filter(machine -> machine.id() == id)
                .findFirst()
                .orElseThrow();
    }

    List<Machine> others(Machine machine) {
        return machines().stream().filter(other -> other != machine).toList();
    }

    @Override
    public void close() {
        machines.values().forEach(Machine::discard);
        bmcs.values().forEach(BmcSimulator::close);
        relays.values().forEach(Relay::close);
        judge.close();
    }

    /** Removes what runs have left behind. */
    static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (var files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(Arena::deleteOne);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteOne(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException("can't remove " + file, e);
        }
    }
}
