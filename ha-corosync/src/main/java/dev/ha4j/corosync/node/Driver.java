package dev.ha4j.corosync.node;

import dev.ha4j.api.NodeId;
import dev.ha4j.corosync.CorosyncConfig;
import dev.ha4j.corosync.CorosyncReport;
import dev.ha4j.corosync.CpgMember;
import dev.ha4j.corosync.services.Engine;
import dev.ha4j.corosync.srp.Srp;
import dev.ha4j.corosync.srp.SrpMessage;
import dev.ha4j.corosync.srp.SrpTransport;
import dev.ha4j.quorum.Votequorum;
import dev.ha4j.quorum.VotequorumSettings;
import dev.ha4j.totem.RingSequences;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ring's thread: feeds the protocol with packets, tasks and time. Everything here happens on it, but for {@link #execute}. */
final class Driver {

    private static final Logger LOG = LoggerFactory.getLogger(Driver.class);

    /** Packets between two looks at the clock and the tasks. */
    private static final int PACKETS_AT_A_TIME = 64;

    private final Network network;
    private final Mailbox tasks = new Mailbox();
    private final ArrayDeque<Runnable> taken = new ArrayDeque<>();
    private final ArrayDeque<SrpMessage> toSelf = new ArrayDeque<>();
    private final Map<String, Long> counters = new TreeMap<>();
    private final Engine engine;
    private final Srp srp;
    private final SendBudget budget;
    private final int packetBytes;
    private final Thread thread;

    Driver(CorosyncConfig config, int pid, RingSequences sequences, SendBudget budget, Listeners events)
            throws IOException {
        this.budget = budget;
        this.packetBytes = Timing.payloadBytes(config);
        this.network = network(config, events);
        Logger log = LoggerFactory.getLogger(Srp.class.getName() + ".node-" + config.self());
        Votequorum quorum = Votequorum.started(settings(config), config.self(), 0);
        this.engine = new Engine(config.self(), pid, quorum, packetBytes, events);
        this.srp = new Srp(
                Timing.of(config),
                config.self(),
                onThisThread(sequences),
                new Transport(config.self()),
                engine,
                engine,
                log);
        this.thread = new Thread(this::run, "ha4j-corosync-" + config.self());
        thread.setDaemon(true);
    }

    private Network network(CorosyncConfig config, Listeners listeners) throws IOException {
        return config.knet().isPresent()
                ? new KnetNetwork(config, config.knet().get(), listeners::linkChanged, this::count)
                : new UdpuNetwork(config, this::count);
    }

    private static VotequorumSettings settings(CorosyncConfig config) {
        TreeMap<NodeId, Integer> votes = new TreeMap<>();
        config.nodes().forEach((id, node) -> votes.put(id, node.votes()));
        return new VotequorumSettings(config.quorum(), votes, 0);
    }

    private RingSequences onThisThread(RingSequences sequences) {
        return new RingSequences() {
            @Override
            public long reservedUpTo() {
                return sequences.reservedUpTo();
            }

            @Override
            public void reserve(long upTo, Consumer<Boolean> done) {
                sequences.reserve(upTo, stored -> execute(() -> done.accept(stored)));
            }
        };
    }

    void start() {
        execute(() -> srp.start(now()));
        thread.start();
    }

    /** From any thread; does nothing once the driver's has ended. */
    void execute(Runnable task) {
        tryExecute(task);
    }

    /** The same; false once the driver's thread has ended. */
    boolean tryExecute(Runnable task) {
        Mailbox.Added added = tasks.add(task);
        if (added == Mailbox.Added.FIRST) {
            network.wakeUp();
        }
        return added != Mailbox.Added.REFUSED;
    }

    boolean isOnThread() {
        return Thread.currentThread() == thread;
    }

    Engine engine() {
        return engine;
    }

    /** Says good-bye, which ends the thread. */
    void leave() {
        srp.leave(now());
    }

    void join(long millis) throws InterruptedException {
        thread.join(millis);
    }

    CorosyncReport report() {
        TreeMap<String, Long> all = new TreeMap<>(counters);
        srp.counters().forEach((event, times) -> all.merge(event, times, Long::sum));
        engine.counters().forEach((event, times) -> all.merge(event, times, Long::sum));
        return new CorosyncReport(
                srp.state(),
                srp.ring(),
                srp.members(),
                srp.token(now()),
                srp.sent(),
                srp.received(),
                Listeners.view(engine.quorum()),
                groups(),
                engine.waitingBytes(),
                packetBytes,
                network.links(srp.members()),
                all);
    }

    private SortedMap<String, SortedSet<CpgMember>> groups() {
        TreeMap<String, SortedSet<CpgMember>> groups = new TreeMap<>();
        engine.groups().forEach((onWire, members) -> groups.put(CpgGroup.name(onWire), members));
        return groups;
    }

    private void run() {
        try {
            do {
                network.await(tasks.isEmpty() && toSelf.isEmpty() ? untilNextNanos(now()) : 0);
                network.receive(PACKETS_AT_A_TIME, message -> srp.receive(message, now()));
                receiveOwn();
                runTasks();
                network.tick(now());
                srp.tick(now());
                if (engine.packets() > 0) {
                    srp.workToDo(now());
                }
                budget.settle(0, engine.waitingBytes());
            } while (!srp.hasEnded());
        } catch (IOException | RuntimeException | Error e) { // whatever it is, the application has to hear of it
            LOG.error("{} ends", thread.getName(), e);
            engine.failed("the ring's thread failed: " + e);
        } finally {
            end();
        }
    }

    private void runTasks() {
        taken.addAll(tasks.take());
        while (!taken.isEmpty()) {
            taken.remove().run();
        }
    }

    /** Nobody waits for an answer in vain, and the sockets are closed, whatever else fails. */
    private void end() {
        try {
            budget.close();
            taken.addAll(tasks.close());
            taken.forEach(this::runLast);
        } finally {
            network.close();
        }
    }

    private void runLast(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("a task failed when {} had ended", thread.getName(), e);
        }
    }

    private long untilNextNanos(long now) {
        return Math.min(srp.untilNextNanos(now), network.untilNextNanos(now));
    }

    /** While this node is alone the token goes round in here, once between two looks at the network. */
    private void receiveOwn() {
        SrpMessage message = toSelf.poll();
        if (message != null) {
            srp.receive(message, now());
        }
    }

    private void count(String event) {
        counters.merge(event, 1L, Long::sum);
    }

    private static long now() {
        return System.nanoTime();
    }

    private final class Transport implements SrpTransport {

        private final NodeId self;

        Transport(NodeId self) {
            this.self = self;
        }

        @Override
        public void multicast(SrpMessage message, SortedSet<NodeId> targets) {
            network.multicast(message, targets, now());
        }

        @Override
        public void send(NodeId target, SrpMessage message) {
            if (target.equals(self)) {
                toSelf.add(message);
            } else {
                network.send(target, message, now());
            }
        }
    }
}
