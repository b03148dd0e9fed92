package dev.ha4j.examples.demo;

import dev.ha4j.api.config.AuthKey;
import dev.ha4j.examples.demo.judge.Tenure;
import dev.ha4j.examples.demo.node.NodeSettings;
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
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * What a scenario runs on: three machines, or two and a witness, a BMC for each that speaks IPMI 2.0, the network between them,
 * and a judge. All of it is on this computer, and gone after {@link #close}.
 */
final class TestBed implements AutoCloseable {

    static final Duration TOKEN_TIMEOUT = Duration.ofSeconds(1);
    static final Duration LEASE = TOKEN_TIMEOUT.multipliedBy(3);

    private static final String USER = "operator";
    private static final String PASSWORD = "not-a-secret";
    private static final Duration STEADY_LIMIT = Duration.ofMinutes(3);

    /** How the test bed is made. */
    enum Kind {
        /** Fencing by IPMI before promotion. */
        FENCED,
        /** The same, with a network that can be cut. */
        FENCED_AND_CUTTABLE,
        /** Two machines with a network that can be cut, and a witness. */
        TWO_NODES,
        /** No fence devices; the storage refuses old tokens. */
        TOKENS_ONLY,
        /** Fence devices, and a leader that does nothing. */
        IDLE;

        boolean fenced() {
            return this != TOKENS_ONLY;
        }

        private boolean cuttable() {
            return this == FENCED_AND_CUTTABLE || this == TWO_NODES;
        }

        private List<String> names() {
            return this == TWO_NODES ? List.of("a", "b") : List.of("a", "b", "c");
        }
    }

    private final Kind kind;
    private final Path directory;
    private final Path logs;
    private final EventLog events = new EventLog();
    private final RandomGenerator random;
    private final Judge judge;
    private final List<Machine> machines = new ArrayList<>();
    private final List<BmcSimulator> bmcs = new ArrayList<>();
    private final List<Relay> relays = new ArrayList<>();
    private final List<WitnessLine> lines = new ArrayList<>();
    private final Optional<Path> arbiterProgram;
    private Optional<Arbiter> arbiter = Optional.empty();
    private boolean closed;

    /**
     * Puts everything together; the machines are off.
     *
     * @param arbiterProgram what stands between two nodes, in place of a witness
     */
    TestBed(Kind kind, Path logs, RandomGenerator random, Optional<Path> arbiterProgram) {
        this.arbiterProgram = arbiterProgram;
        this.kind = kind;
        this.random = random;
        this.logs = logs;
        try {
            Files.createDirectories(logs);
            this.directory = Files.createTempDirectory("ha4j-demo-");
            this.judge = new Judge(fresh(logs.resolve("judge.log")));
            build();
        } catch (IOException e) {
            throw new UncheckedIOException("the test bed can't be built", e);
        }
    }

    private void build() throws IOException {
        Ports ports = new Ports(random);
        Path key = keyFile();
        for (String name : kind.names()) {
            int id = machines.size() + 1;
            Machine machine = new Machine(
                    id, name, directory.resolve(name + ".json"), fresh(logs.resolve("node-" + name + ".log")), events);
            machines.add(machine);
            bmcs.add(bmc(machine));
        }
        List<NodeSettings.Peer> peers = new ArrayList<>();
        List<InetSocketAddress> binds = new ArrayList<>();
        for (Machine machine : machines) {
            InetSocketAddress bind = ports.next();
            binds.add(bind);
            InetSocketAddress address = kind.cuttable() ? relayed(machine, ports.next(), bind) : bind;
            int bmcPort = bmcs.get(machine.id() - 1).port();
            peers.add(new NodeSettings.Peer(machine.id(), machine.name(), text(address), bmcPort));
        }
        if (kind == Kind.TWO_NODES) {
            callArbiter(ports);
        }
        for (Machine machine : machines) {
            new NodeSettings(
                            machine.name(),
                            text(binds.get(machine.id() - 1)),
                            peers,
                            key.toString(),
                            directory.resolve("state-" + machine.name()).toString(),
                            USER,
                            PASSWORD,
                            kind.fenced(),
                            lines.isEmpty() ? 0 : lines.get(machine.id() - 1).port(),
                            kind == Kind.IDLE ? 0 : judge.port())
                    .writeTo(directory.resolve(machine.name() + ".json"));
        }
    }

    private void callArbiter(Ports ports) throws IOException {
        Arbiter called =
                arbiterProgram.isPresent() ? Arbiter.program(arbiterProgram.get(), ports.next()) : Arbiter.witness();
        arbiter = Optional.of(called);
        for (int i = 0; i < machines.size(); i++) {
            lines.add(new WitnessLine(called.address()));
        }
    }

    void restartArbiter() {
        arbiter.ifPresent(Arbiter::restart);
    }

    private InetSocketAddress relayed(Machine machine, InetSocketAddress address, InetSocketAddress bind) {
        relays.add(new Relay(machine.id(), address, bind));
        return address;
    }

    private static BmcSimulator bmc(Machine machine) throws IOException {
        return BmcSimulator.builder()
                .user(USER, PASSWORD, Privilege.ADMINISTRATOR)
                .onlyCipherSuite(17)
                .guid("%032x".formatted(0xdeb0_0000L + machine.id()))
                .chassis(machine)
                .start();
    }

    private Path keyFile() throws IOException {
        Path key = directory.resolve("ha.key");
        Files.createFile(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(key, AuthKey.random().hex());
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private static Path fresh(Path log) throws IOException {
        Files.deleteIfExists(log);
        return log;
    }

    // ---- the parts

    List<Machine> machines() {
        return List.copyOf(machines);
    }

    List<Machine> others(Machine machine) {
        return machines.stream().filter(other -> other != machine).toList();
    }

    BmcSimulator bmc(int id) {
        return bmcs.get(id - 1);
    }

    Judge judge() {
        return judge;
    }

    EventLog events() {
        return events;
    }

    RandomGenerator random() {
        return random;
    }

    // ---- what is done to all of them

    void powerOn() {
        List<Machine> started =
                machines.stream().filter(machine -> !machine.isRunning()).toList();
        started.forEach(Machine::powerOn);
        started.forEach(Machine::awaitReady);
    }

    /** Drops all packets of a machine, and what it says to the witness. */
    void cutOff(Machine machine) {
        relays.forEach(relay -> relay.cut(machine.id()));
        if (!lines.isEmpty()) {
            lines.get(machine.id() - 1).cut();
        }
    }

    /** Ends all faults of network and BMCs. */
    void heal() {
        relays.forEach(Relay::heal);
        lines.forEach(WitnessLine::heal);
        bmcs.forEach(bmc -> bmc.faults().clear());
    }

    /** Waits until all are prepared and members, one leads and acts, the others stand by. Answers what the leader does. */
    Tenure awaitSteady() {
        SortedSet<String> all = new TreeSet<>(kind.names());
        Patience.until(
                () -> "a steady cluster of " + all.size() + ", but " + explanations() + seeLogs(),
                STEADY_LIMIT,
                () -> machines.stream().allMatch(machine -> isSteady(machine, all)));
        if (kind == Kind.IDLE) {
            return new Tenure(0, 0, 0, 0, 0, 0, 0);
        }
        return Patience.get("the leader's acts" + seeLogs(), STEADY_LIMIT, this::currentLeader);
    }

    private static boolean isSteady(Machine machine, SortedSet<String> all) {
        return machine.status().map(status -> status.isSteady(all)).orElse(false);
    }

    private Optional<Tenure> currentLeader() {
        return judge.newest().filter(tenure -> {
            Machine leader = machine(tenure.node());
            return leader.isRunning() && leader.pid() == tenure.pid();
        });
    }

    Machine machine(int id) {
        return machines.get(id - 1);
    }

    /** Why things are as they are, in the nodes' words. */
    List<String> explanations() {
        return machines.stream()
                .flatMap(machine -> machine.status().stream())
                .map(status -> status.node() + " says: " + status.explanation())
                .toList();
    }

    String seeLogs() {
        return "; see " + logs;
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        machines.forEach(Machine::discard);
        judge.close();
        relays.forEach(Relay::close);
        lines.forEach(WitnessLine::close);
        arbiter.ifPresent(Arbiter::close);
        bmcs.forEach(BmcSimulator::close);
        Folders.delete(directory);
    }
}
