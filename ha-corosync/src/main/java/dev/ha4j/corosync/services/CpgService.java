package dev.ha4j.corosync.services;

import dev.ha4j.api.NodeId;
import dev.ha4j.corosync.CpgChange;
import dev.ha4j.corosync.CpgMember;
import dev.ha4j.corosync.CpgReason;
import dev.ha4j.corosync.wire.Malformed;
import dev.ha4j.corosync.wire.WireReader;
import dev.ha4j.totem.RingId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Closed process groups, as Corosync's daemons see them: who is in which group on which node, changed by ordered messages and by the
 * ring. All local groups of this node belong to one process.
 */
final class CpgService implements Service {

    private final NodeId self;
    private final int pid;
    private final Consumer<byte[]> send;
    private final CpgEvents events;
    private final TreeMap<String, TreeSet<CpgMember>> groups = new TreeMap<>();
    private final TreeMap<String, Membership> local = new TreeMap<>();
    private final PartialMessages partial = new PartialMessages();
    private final TreeSet<Client> joinLists = new TreeSet<>();
    private SortedSet<NodeId> oldMembers = Collections.emptySortedSet();
    private SortedSet<NodeId> members = Collections.emptySortedSet();
    private SortedSet<NodeId> left = Collections.emptySortedSet();

    private enum Membership {
        JOINING,
        JOINED
    }

    private record Client(String group, CpgMember member) implements Comparable<Client> {
        @Override
        public int compareTo(Client other) {
            int byGroup = group.compareTo(other.group);
            return byGroup != 0 ? byGroup : member.compareTo(other.member);
        }
    }

    CpgService(NodeId self, int pid, Consumer<byte[]> send, CpgEvents events) {
        this.self = self;
        this.pid = pid;
        this.send = send;
        this.events = events;
    }

    /** Joined when the group's first change comes. */
    byte[] join(String group) {
        local.put(group, Membership.JOINING);
        return CpgCodec.change(CpgCodec.JOIN, new CpgCodec.Change(group, pid, CpgCodec.number(CpgReason.JOIN)));
    }

    byte[] leave(String group) {
        int reason = CpgCodec.number(CpgReason.LEAVE);
        return CpgCodec.change(CpgCodec.LEAVE, new CpgCodec.Change(group, pid, reason));
    }

    byte[] message(String group, byte[] payload) {
        return CpgCodec.message(self, new CpgCodec.Message(group, pid, payload));
    }

    /** All of the ring, by name. */
    SortedMap<String, SortedSet<CpgMember>> groups() {
        TreeMap<String, SortedSet<CpgMember>> all = new TreeMap<>();
        groups.forEach((name, members) -> all.put(name, Collections.unmodifiableSortedSet(new TreeSet<>(members))));
        return all;
    }

    @Override
    public void begin(RingId ring, SortedSet<NodeId> together, SortedSet<NodeId> newMembers) {
        TreeSet<NodeId> gone = new TreeSet<>(oldMembers);
        gone.removeAll(together);
        left = gone;
        members = newMembers;
    }

    @Override
    public void process() {
        send.accept(CpgCodec.downList(oldMembers.size(), left));
        List<CpgCodec.Entry> own = groups.entrySet().stream()
                .filter(group -> group.getValue().contains(new CpgMember(self, pid)))
                .map(group -> new CpgCodec.Entry(group.getKey(), pid))
                .toList();
        if (!own.isEmpty()) {
            send.accept(CpgCodec.joinList(own));
        }
    }

    @Override
    public void activate() {
        oldMembers = members;
        List.copyOf(groups.keySet()).forEach(this::removeDown);
        addUp();
        removeVanished();
        joinLists.clear();
    }

    @Override
    public void abort() {
        joinLists.clear();
    }

    private void removeDown(String group) {
        TreeMap<CpgMember, CpgReason> down = new TreeMap<>();
        members(group).stream()
                .filter(member -> left.contains(member.node()))
                .forEach(member -> down.put(member, CpgReason.NODE_DOWN));
        change(group, noReasons(), down);
    }

    private void addUp() {
        TreeMap<String, TreeMap<CpgMember, CpgReason>> up = new TreeMap<>();
        for (Client process : joinLists) {
            if (!members(process.group()).contains(process.member())) {
                up.computeIfAbsent(process.group(), group -> new TreeMap<>()).put(process.member(), CpgReason.NODE_UP);
            }
        }
        up.forEach((group, joined) -> change(group, joined, noReasons()));
    }

    /** Processes of other nodes that left while we did not hear it. */
    private void removeVanished() {
        List<Client> vanished = new ArrayList<>();
        groups.forEach((group, all) -> all.stream()
                .filter(member -> !member.node().equals(self))
                .map(member -> new Client(group, member))
                .filter(process -> !joinLists.contains(process))
                .forEach(vanished::add));
        for (Client process : vanished) {
            change(process.group(), noReasons(), one(process.member(), CpgReason.PROCESS_DOWN));
        }
    }

    @Override
    public void received(NodeId sender, int function, WireReader in) throws Malformed {
        switch (function) {
            case CpgCodec.JOIN -> joined(sender, CpgCodec.change(in));
            case CpgCodec.LEAVE -> left(sender, CpgCodec.change(in));
            case CpgCodec.JOIN_LIST -> joinList(sender, CpgCodec.joinList(in));
            case CpgCodec.MESSAGE -> message(sender, CpgCodec.message(in));
            case CpgCodec.PARTIAL_MESSAGE -> part(sender, CpgCodec.part(in));
            default -> {} // downlists
        }
    }

    private void joinList(NodeId sender, List<CpgCodec.Entry> entries) {
        for (CpgCodec.Entry entry : entries) {
            if (!sender.equals(self)) {
                joinLists.add(new Client(entry.group(), new CpgMember(sender, entry.pid())));
            }
        }
    }

    private void joined(NodeId sender, CpgCodec.Change joined) {
        CpgMember member = new CpgMember(sender, joined.pid());
        if (!members(joined.group()).contains(member)) {
            change(joined.group(), one(member, CpgReason.JOIN), noReasons());
        }
    }

    private void left(NodeId sender, CpgCodec.Change gone) {
        CpgMember member = new CpgMember(sender, gone.pid());
        change(gone.group(), noReasons(), one(member, CpgCodec.leaveReason(gone.reason())));
        if (sender.equals(self) && local.remove(gone.group()) != null) {
            events.closed(gone.group());
        }
    }

    private void change(String group, SortedMap<CpgMember, CpgReason> joined, SortedMap<CpgMember, CpgReason> gone) {
        if (joined.isEmpty() && gone.isEmpty()) {
            return;
        }
        TreeSet<CpgMember> all = groups.computeIfAbsent(group, name -> new TreeSet<>());
        all.removeAll(gone.keySet());
        all.addAll(joined.keySet());
        gone.keySet().forEach(member -> partial.forget(group, member));
        CpgChange change = new CpgChange(all, joined, gone);
        if (all.isEmpty()) {
            groups.remove(group);
        }
        if (joined.containsKey(new CpgMember(self, pid))) {
            local.computeIfPresent(group, (name, membership) -> Membership.JOINED);
        }
        if (isJoined(group)) {
            events.changed(group, change);
        }
    }

    /** As the daemons do: only for whoever has joined, and only from nodes with a process in the group. */
    private void message(NodeId sender, CpgCodec.Message message) {
        if (isJoined(message.group()) && isKnown(message.group(), sender)) {
            events.message(message.group(), new CpgMember(sender, message.pid()), message.payload());
        }
    }

    private void part(NodeId sender, CpgCodec.Part part) throws Malformed {
        if (isJoined(part.group()) && isKnown(part.group(), sender)) {
            CpgMember member = new CpgMember(sender, part.pid());
            partial.add(part, member).ifPresent(whole -> events.message(part.group(), member, whole));
        }
    }

    private boolean isJoined(String group) {
        return local.get(group) == Membership.JOINED;
    }

    private boolean isKnown(String group, NodeId node) {
        return members(group).stream().anyMatch(member -> member.node().equals(node));
    }

    private SortedSet<CpgMember> members(String group) {
        return groups.getOrDefault(group, new TreeSet<>());
    }

    private static SortedMap<CpgMember, CpgReason> noReasons() {
        return Collections.emptySortedMap();
    }

    private static SortedMap<CpgMember, CpgReason> one(CpgMember member, CpgReason reason) {
        TreeMap<CpgMember, CpgReason> map = new TreeMap<>();
        map.put(member, reason);
        return map;
    }
}
