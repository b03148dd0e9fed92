package dev.ha4j.corosync.services;

import dev.ha4j.api.NodeId;
import dev.ha4j.corosync.wire.Malformed;
import dev.ha4j.corosync.wire.WireReader;
import dev.ha4j.totem.RingId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * After each new ring the services of all members synchronise, one service after the other: everybody names its services; then, for
 * each, everybody says what the others have to know, and a barrier. When all barriers are there, it is the next one's turn.
 */
final class Synchronisation {

    private static final int BARRIER = 0;
    private static final int SERVICES = 1;
    private static final int MAX_SERVICES = 128;
    private static final int BARRIER_BYTES = 32;
    private static final int SERVICES_BYTES = 40 + 4 * MAX_SERVICES;

    private final TreeMap<Integer, Service> local;
    private final Consumer<byte[]> send;
    private final Runnable completed;
    private final TreeSet<NodeId> heard = new TreeSet<>();
    private final TreeSet<Integer> services = new TreeSet<>();
    private SortedSet<NodeId> members = Collections.emptySortedSet();
    private SortedSet<NodeId> together = Collections.emptySortedSet();
    private Optional<RingId> ring = Optional.empty();
    private List<Integer> turns = List.of();
    private int turn;

    /**
     * A synchronisation for services by their numbers.
     *
     * @param completed told at the end of each synchronisation
     */
    Synchronisation(SortedMap<Integer, Service> local, Consumer<byte[]> send, Runnable completed) {
        this.local = new TreeMap<>(local);
        this.send = send;
        this.completed = completed;
    }

    boolean isRunning() {
        return ring.isPresent();
    }

    /** A ring is over: what is under way will not end. */
    void abort(SortedSet<NodeId> goOnTogether) {
        currentTurn().ifPresent(Service::abort);
        ring = Optional.empty();
        turns = List.of();
        together = goOnTogether;
    }

    void begin(RingId newRing, SortedSet<NodeId> newMembers) {
        ring = Optional.of(newRing);
        members = newMembers;
        heard.clear();
        services.clear();
        services.addAll(local.keySet());
        turns = List.of();
        turn = 0;
        announce(newRing);
        TreeSet<NodeId> stayed = new TreeSet<>(together);
        stayed.retainAll(members);
        local.values().forEach(service -> service.begin(newRing, Collections.unmodifiableSortedSet(stayed), members));
    }

    private void announce(RingId newRing) {
        var out = Envelope.write(0, SERVICES, SERVICES_BYTES)
                .ring(newRing)
                .i32(0)
                .i32(local.size())
                .i32(0);
        local.keySet().forEach(out::i32);
        send.accept(out.toByteArray());
    }

    void received(NodeId sender, WireReader in) throws Malformed {
        Envelope envelope = Envelope.read(in);
        RingId about = in.ring();
        if (ring.isEmpty() || !ring.get().equals(about)) {
            return;
        }
        if (envelope.function() == SERVICES && turns.isEmpty()) {
            in.skip(4);
            int count = in.count(MAX_SERVICES);
            in.skip(4);
            List<Integer> named = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                named.add(in.count(MAX_SERVICES));
            }
            services.addAll(named);
            onServices(sender);
        } else if (envelope.function() == BARRIER && !turns.isEmpty()) {
            onBarrier(sender);
        }
    }

    private void onServices(NodeId sender) {
        heard.add(sender);
        if (heard.containsAll(members)) {
            turns = List.copyOf(services);
            takeTurn();
        }
    }

    private void onBarrier(NodeId sender) {
        heard.add(sender);
        if (heard.containsAll(members)) {
            currentTurn().ifPresent(Service::activate);
            turn++;
            if (turn < turns.size()) {
                takeTurn();
            } else {
                ring = Optional.empty();
                turns = List.of();
                completed.run();
            }
        }
    }

    /** Services that only others have take their turns too. */
    private void takeTurn() {
        heard.clear();
        currentTurn().ifPresent(Service::process);
        RingId current = ring.orElseThrow();
        send.accept(Envelope.write(0, BARRIER, BARRIER_BYTES).ring(current).toByteArray());
    }

    private Optional<Service> currentTurn() {
        return turn < turns.size() ? Optional.ofNullable(local.get(turns.get(turn))) : Optional.empty();
    }
}
