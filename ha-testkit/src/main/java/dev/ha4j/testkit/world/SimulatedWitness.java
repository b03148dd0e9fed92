package dev.ha4j.testkit.world;

import dev.ha4j.qnetd.Algorithm;
import dev.ha4j.qnetd.WitnessSettings;
import dev.ha4j.qnetd.wire.QnetdMessage;
import dev.ha4j.qnetd.witness.Step;
import dev.ha4j.qnetd.witness.Witness;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The production witness in virtual time, on a host of its own, and the lines to it. What is said on a line that is cut arrives,
 * in order, when the line is whole again, as with TCP.
 */
public final class SimulatedWitness {

    private static final long LINE_NANOS = 300_000;
    private static final long TICK_NANOS = 100_000_000;

    private final VirtualTime time;
    private final Algorithm algorithm;
    private final int number;
    private final TreeMap<Integer, Line> lines = new TreeMap<>();
    private final TreeMap<Long, SimulatedQuorumDevice> callers = new TreeMap<>();
    private Optional<Witness> witness = Optional.empty();
    private long connections;
    private long life;

    /**
     * It runs.
     *
     * @param algorithm by which those who ask it want it to decide
     * @param number of this arbiter among those of its world
     */
    SimulatedWitness(VirtualTime time, Algorithm algorithm, int number) {
        this.time = time;
        this.algorithm = algorithm;
        this.number = number;
        start();
    }

    /** By which a device decides that has so many votes. */
    static Algorithm algorithm(int votes) {
        return votes == 1 ? Algorithm.FFSPLIT : Algorithm.LMS;
    }

    Algorithm algorithm() {
        return algorithm;
    }

    String name() {
        return "witness " + number;
    }

    /** The way between the witness and one host. */
    private final class Line {
        private final Deque<Runnable> kept = new ArrayDeque<>();
        private boolean cut;
        private long lateNanos;
        private long lastArrivalNanos;

        void carry(Runnable arrival) {
            if (cut) {
                kept.add(arrival);
            } else {
                lastArrivalNanos = Math.max(lastArrivalNanos, time.now() + LINE_NANOS + lateNanos);
                time.at(lastArrivalNanos, arrival);
            }
        }

        void mend() {
            cut = false;
            while (!kept.isEmpty()) {
                carry(kept.remove());
            }
        }
    }

    private Line line(Host host) {
        return lines.computeIfAbsent(host.id().value(), id -> new Line());
    }

    public void cut(Host host) {
        line(host).cut = true;
    }

    /** What is said between the witness and this host takes so much longer from now on, in order still. */
    public void delay(Host host, long nanos) {
        line(host).lateNanos = nanos;
    }

    public void mend(Host host) {
        line(host).mend();
    }

    /** Starts, with nothing remembered; does nothing if it runs. */
    public void start() {
        if (witness.isEmpty()) {
            witness = Optional.of(new Witness(WitnessSettings.PLAIN, time.now()));
            tick(++life);
        }
    }

    /** The process ends; its host hangs up on all callers. */
    public void stop() {
        witness = Optional.empty();
        List<Long> open = new ArrayList<>(callers.keySet());
        open.forEach(connection -> tell(connection, caller -> caller.lost(connection)));
        callers.clear();
    }

    void heal() {
        start();
        lines.values().forEach(line -> {
            line.lateNanos = 0;
            line.mend();
        });
    }

    private void tick(long ofLife) {
        if (ofLife == life && witness.isPresent()) {
            carryOut(witness.get().tick(time.now()));
            time.after(TICK_NANOS, () -> tick(ofLife));
        }
    }

    // ---- what callers do

    /** Opens a connection; the caller hears of it by its number, or that it is lost. */
    long call(SimulatedQuorumDevice caller) {
        long connection = ++connections;
        line(caller.host()).carry(() -> {
            if (witness.isEmpty()) {
                line(caller.host()).carry(() -> caller.lost(connection));
                return;
            }
            callers.put(connection, caller);
            tell(connection, called -> called.connected(connection));
            carryOut(witness.get().opened(connection, time.now()));
        });
        return connection;
    }

    void say(SimulatedQuorumDevice caller, long connection, QnetdMessage message) {
        line(caller.host()).carry(() -> {
            if (callers.containsKey(connection)) {
                witness.ifPresent(asked -> carryOut(asked.received(connection, message, time.now())));
            }
        });
    }

    void hangUp(SimulatedQuorumDevice caller, long connection) {
        line(caller.host()).carry(() -> {
            if (callers.remove(connection) != null) {
                witness.ifPresent(left -> carryOut(left.closed(connection, time.now())));
            }
        });
    }

    // ---- what the witness does

    private void carryOut(List<Step> steps) {
        for (Step step : steps) {
            if (step instanceof Step.Send send) {
                tell(send.connection(), caller -> caller.heard(send.connection(), send.message()));
            } else if (step instanceof Step.Close close) {
                tell(close.connection(), caller -> caller.lost(close.connection()));
                callers.remove(close.connection());
            }
        }
    }

    private interface Tale {
        void to(SimulatedQuorumDevice caller);
    }

    private void tell(long connection, Tale tale) {
        SimulatedQuorumDevice caller = callers.get(connection);
        if (caller != null) {
            line(caller.host()).carry(() -> tale.to(caller));
        }
    }
}
