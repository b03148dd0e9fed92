package dev.ha4j.examples.demo;

import dev.ha4j.examples.demo.EventLog.Event;
import dev.ha4j.examples.demo.node.NodeMain;
import dev.ha4j.examples.demo.node.NodeStatus;
import dev.ha4j.examples.demo.node.Usage;
import dev.ha4j.fencing.ipmi.testkit.ChassisControl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One machine of the demo: a JVM, and the power that its BMC switches. Without power there is no JVM; a JVM that dies by itself
 * leaves the power on.
 */
final class Machine implements ChassisControl {

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final int id;
    private final String name;
    private final Path settings;
    private final Path log;
    private final EventLog events;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private @Nullable Child jvm;
    private boolean on;
    private boolean discarded;

    Machine(int id, String name, Path settings, Path log, EventLog events) {
        this.id = id;
        this.name = name;
        this.settings = settings;
        this.log = log;
        this.events = events;
    }

    int id() {
        return id;
    }

    String name() {
        return name;
    }

    /** Gives power and starts the JVM if it is gone. */
    @Override
    public synchronized void powerOn() {
        if (discarded) {
            return;
        }
        on = true;
        if (jvm == null || !jvm.isAlive()) {
            answers.clear();
            jvm = Child.start(NodeMain.class, List.of(settings.toString()), log, this::heard);
        }
    }

    /** Takes the power: the JVM is gone when this returns. */
    @Override
    public synchronized void powerOff() {
        on = false;
        if (jvm != null) {
            jvm.kill();
        }
    }

    @Override
    public synchronized boolean isOn() {
        return on;
    }

    /** Takes the power for good. */
    synchronized void discard() {
        discarded = true;
        powerOff();
    }

    /** SIGKILL: the process dies, the machine goes on. */
    void crash() {
        child().kill();
    }

    void freeze() {
        child().freeze();
    }

    void thaw() {
        child().thaw();
    }

    synchronized boolean isRunning() {
        return jvm != null && jvm.isAlive();
    }

    long pid() {
        return child().pid();
    }

    private synchronized Child child() {
        if (jvm == null) {
            throw new DemoFailure("node " + name + " was never started");
        }
        return jvm;
    }

    private void heard(String line) {
        if (line.startsWith("EVENT ")) {
            events.add(Event.parse(name, line.substring("EVENT ".length())));
        } else {
            answers.add(line);
        }
    }

    void awaitReady() {
        if (await("READY", START_LIMIT).isEmpty()) {
            throw new DemoFailure("node " + name + " did not start; see " + log);
        }
    }

    /** Empty if the node is gone, or doesn't answer. */
    Optional<NodeStatus> status() {
        return ask("status", "STATUS", ANSWER_LIMIT).map(line -> Lines.read(line, NodeStatus.class));
    }

    Usage usage() {
        return ask("usage", "USAGE", ANSWER_LIMIT)
                .map(line -> Lines.read(line, Usage.class))
                .orElseThrow(() -> new DemoFailure("node " + name + " does not answer; see " + log));
    }

    /** The answer of the cluster to an operator's word that another node is down. */
    Optional<String> confirmDown(String target, String operator, String reason) {
        return ask("confirm-down " + target + " " + operator + " " + reason, "CONFIRMED", ANSWER_LIMIT);
    }

    Optional<String> fence(String target) {
        return ask("fence " + target, "FENCED", ANSWER_LIMIT);
    }

    /** An operator says that these are down, and that this one is to go on. */
    Optional<String> unblock(List<Machine> down) {
        String names = String.join(",", down.stream().map(Machine::name).toList());
        return ask("unblock " + names, "UNBLOCKED", ANSWER_LIMIT);
    }

    /** Leaves the cluster and ends; whether it did so in time. */
    boolean shutDown(Duration limit) {
        return ask("close", "CLOSED", limit).isPresent() && child().awaitExit(ANSWER_LIMIT);
    }

    private Optional<String> ask(String question, String answer, Duration limit) {
        if (!isRunning()) {
            return Optional.empty();
        }
        answers.clear();
        child().say(question);
        return await(answer, limit);
    }

    private Optional<String> await(String answer, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() - deadline < 0 && (isRunning() || !answers.isEmpty())) {
            Optional<String> line = poll();
            if (line.isPresent() && line.get().startsWith(answer)) {
                return Optional.of(line.get().substring(answer.length()).strip());
            }
        }
        return Optional.empty();
    }

    private Optional<String> poll() {
        try {
            return Optional.ofNullable(answers.poll(100, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("interrupted", e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
