package dev.ha4j.totem.core;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.RingTime;
import dev.ha4j.totem.CommitToken;
import dev.ha4j.totem.JoinMessage;
import dev.ha4j.totem.MergeDetect;
import dev.ha4j.totem.RegularMessage;
import dev.ha4j.totem.RingConfig;
import dev.ha4j.totem.RingId;
import dev.ha4j.totem.Scope;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Agrees with all others on who forms the next ring (paper, section 5). Everybody multicasts whom it considers and whom it
 * takes for failed; when all that are considered and not failed say the same, their lowest one commits.
 *
 * <p>Suspects (not heard for a token timeout, or refused by their host) do not have to be waited for: once everybody else
 * has joined and suspects them too, they count as failed.
 */
final class Gather extends State {

    /**
     * Each change of one's mind is told to everybody, and in a large ring everybody changes it with each newcomer. So changes are
     * gathered for so long for each node beyond a few.
     */
    private static final long PACE_PER_NODE_NANOS = 25_000;

    private static final int FEW_NODES = 8;

    private final Map<NodeId, JoinMessage> joins = new TreeMap<>();
    private SortedSet<NodeId> processes;
    private SortedSet<NodeId> failed;
    private SortedSet<NodeId> suspects = Sets.of();
    private boolean mayStayAlone;
    private boolean excluded;
    private long enteredAt;
    private boolean announced;
    private long announcedAt;

    Gather(Protocol node, SortedSet<NodeId> processes, SortedSet<NodeId> failed) {
        super(node);
        this.processes = Sets.union(processes, Sets.of(node.self));
        this.failed = Sets.union(failed, node.peers.unknown(this.processes));
    }

    @Override
    String name() {
        return "gather";
    }

    @Override
    void enter(long now) {
        enteredAt = now;
        node.timers.cancelAll();
        node.pace.stopped();
        suspects = node.peers.suspect(candidates(), now);
        proposalChanged(now);
    }

    @Override
    void onJoin(JoinMessage join, long now) {
        if (failed.contains(join.sender())) {
            return;
        }
        if (join.leaving()) {
            node.leftCleanly.add(join.sender());
            propose(processes, Sets.union(failed, Sets.of(join.sender())), now);
            return;
        }
        joins.put(join.sender(), join);
        if (join.failed().contains(node.self)) {
            excluded = true;
            propose(processes, Sets.union(failed, Sets.of(join.sender())), now);
        } else {
            merge(join, now);
        }
    }

    /** Only a member of the own ring knows better who of it has failed. Who does not know all of that ring can't join it. */
    private void merge(JoinMessage join, long now) {
        Sets.minus(join.processes(), processes).forEach(added -> node.peers.expect(added, now));
        SortedSet<NodeId> alsoFailed = failed;
        SortedSet<NodeId> fellows = node.installed.view.members();
        if (fellows.contains(join.sender())) {
            join.unknown().forEach(stranger -> node.peers.turnAway(stranger, now));
            alsoFailed = Sets.union(failed, join.failed());
            node.leftCleanly.addAll(Sets.common(join.leftCleanly(), join.failed()));
        } else if (!Sets.common(join.unknown(), fellows).isEmpty()) {
            node.peers.turnAway(join.sender(), now);
            alsoFailed = Sets.union(failed, Sets.of(join.sender()));
        }
        SortedSet<NodeId> all = Sets.union(Sets.union(processes, join.processes()), Sets.of(join.sender()));
        if (all.size() > RingConfig.MAX_NODES) {
            node.count("join with too many nodes");
            return;
        }
        propose(all, alsoFailed, now);
    }

    @Override
    void onNodesChanged(long now) {
        propose(processes, failed, now);
    }

    @Override
    void onRegular(NodeId from, RegularMessage message, long now) {
        if (message.ring().equals(node.installed.view.id())) {
            node.store(node.installed, message.sequence(), message.sender(), message);
        } else {
            foreign(message.ring(), from, now);
        }
    }

    @Override
    void onMergeDetect(MergeDetect message, long now) {
        foreign(message.ring(), message.sender(), now);
    }

    private void foreign(RingId ring, NodeId from, long now) {
        if (node.isForeign(ring, from) && !processes.contains(from) && !node.peers.isTurnedAway(from, now)) {
            propose(Sets.union(processes, Sets.of(from)), failed, now);
        }
    }

    @Override
    void onCommitToken(CommitToken token, long now) {
        boolean acceptable = token.ring().sequence() > node.lastCommitSequence
                && Commit.members(token).equals(candidates())
                && Commit.history(token, node.self).isEmpty();
        if (acceptable) {
            node.transition(new Commit(node, processes, failed, token), "commit token " + token.ring(), now);
        }
    }

    @Override
    void onTimer(Timers.Name timer, long now) {
        switch (timer) {
            case JOIN -> {
                mayStayAlone = now - enteredAt >= node.config.nanos(RingTime.JOIN);
                announce(now);
                evaluate(now);
            }
            case CONSENSUS -> onConsensusTimeout(now);
            case SUSPICION -> evaluate(now);
            default -> {}
        }
    }

    @Override
    void onRefused(NodeId peer, long now) {
        evaluate(now);
    }

    @Override
    void onSuspicionRefuted(NodeId peer, long now) {
        evaluate(now);
    }

    private void onConsensusTimeout(long now) {
        SortedSet<NodeId> silent = Sets.copy(
                candidates().stream().filter(member -> !agrees(member)).toList());
        if (!silent.isEmpty()) {
            node.count("consensus timeout");
            node.log.debug("{} did not agree in time", silent);
            propose(processes, Sets.union(failed, silent), now);
            return;
        }
        node.count("gather token lost");
        joins.clear(); // all agreed, but no commit token came: whoever is still there says so again
        announce(now);
        node.timers.set(Timers.Name.CONSENSUS, now + node.config.nanos(RingTime.TOKEN_TIMEOUT));
    }

    /** Who is not configured here counts as failed, whatever others think of it. */
    private void propose(SortedSet<NodeId> newProcesses, SortedSet<NodeId> lost, long now) {
        SortedSet<NodeId> newFailed = Sets.union(lost, node.peers.unknown(newProcesses));
        if (newProcesses.equals(processes) && newFailed.equals(failed)) {
            evaluate(now);
            return;
        }
        processes = newProcesses;
        failed = newFailed;
        proposalChanged(now);
    }

    private void proposalChanged(long now) {
        node.timers.set(Timers.Name.CONSENSUS, now + node.config.nanos(RingTime.CONSENSUS));
        announceSoon(now);
        evaluate(now);
    }

    private void announceSoon(long now) {
        long spread = node.config.nanos(RingTime.SEND_JOIN);
        long next = announcedAt + Math.max(0, node.peers.count() - FEW_NODES) * PACE_PER_NODE_NANOS;
        if (spread > 0) {
            node.timers.set(Timers.Name.JOIN, now + node.random.nextLong(spread + 1));
        } else if (announced && next - now > 0) {
            node.timers.set(Timers.Name.JOIN, next);
        } else {
            announce(now);
        }
    }

    private void announce(long now) {
        announced = true;
        announcedAt = now;
        SortedSet<NodeId> leftCleanly = Sets.common(node.leftCleanly, failed);
        node.transport.multicast(
                new JoinMessage(
                        node.self,
                        processes,
                        failed,
                        suspects,
                        leftCleanly,
                        node.peers.unknown(processes),
                        node.highestRingSequence,
                        false),
                new Scope.AllConfigured());
        node.timers.set(Timers.Name.JOIN, now + node.config.nanos(RingTime.JOIN));
    }

    /** Decides whatever can be decided now. Ends because the failed only grow. */
    private void evaluate(long now) {
        refreshSuspects(now);
        if (!suspects.isEmpty() && everybodyElseSuspectsThem()) {
            node.log.info("{} count as failed: nobody has heard from them", suspects);
            SortedSet<NodeId> lost = suspects;
            suspects = Sets.of();
            propose(processes, Sets.union(failed, lost), now);
        } else if (agreed() && candidates().first().equals(node.self)) {
            node.transition(Commit.create(node, processes, failed), "all agree", now);
        }
    }

    private void refreshSuspects(long now) {
        SortedSet<NodeId> current = node.peers.suspect(candidates(), now);
        if (!current.equals(suspects)) {
            suspects = current;
            announceSoon(now);
        }
        long next = node.peers.nextSuspicion(candidates(), now);
        if (next == Long.MAX_VALUE) {
            node.timers.cancel(Timers.Name.SUSPICION);
        } else {
            node.timers.set(Timers.Name.SUSPICION, next);
        }
    }

    private boolean everybodyElseSuspectsThem() {
        return Sets.minus(candidates(), suspects).stream()
                .filter(member -> !member.equals(node.self))
                .allMatch(this::suspectsThemToo);
    }

    private boolean suspectsThemToo(NodeId member) {
        JoinMessage join = joins.get(member);
        return join != null && Sets.union(join.suspects(), join.failed()).containsAll(suspects);
    }

    /**
     * A node alone waits a little for others, unless it knows why it is alone. That somebody took it for failed is no reason: he may
     * have said so of a ring that he has given up since, and two that take each other's word at once do so for ever.
     */
    private boolean agreed() {
        boolean alone = candidates().size() == 1 && (failed.isEmpty() || excluded);
        return (!alone || mayStayAlone) && candidates().stream().allMatch(this::agrees);
    }

    private boolean agrees(NodeId member) {
        JoinMessage join = joins.get(member);
        return member.equals(node.self)
                || (join != null
                        && join.processes().equals(processes)
                        && join.failed().equals(failed));
    }

    private SortedSet<NodeId> candidates() {
        return Sets.minus(processes, failed);
    }
}
