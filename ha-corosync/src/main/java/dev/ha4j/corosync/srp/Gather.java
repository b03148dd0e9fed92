package dev.ha4j.corosync.srp;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.RingId;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Agrees with all others on who forms the next ring. Everybody multicasts whom it considers and whom it takes for failed; when all that
 * are considered and not failed say the same, their lowest one commits.
 */
final class Gather extends State {

    private final TreeSet<NodeId> agreed = new TreeSet<>();
    private Proposal proposal;
    private boolean mayStayAlone;

    Gather(Protocol node, Proposal proposal) {
        super(node);
        this.proposal = proposal.withProcess(node.self);
    }

    @Override
    String name() {
        return "gather";
    }

    @Override
    void enter(long now) {
        node.timers.cancelAll();
        node.pace.stopped();
        begin(now);
    }

    /** Everybody has to agree anew. */
    private void begin(long now) {
        agreed.clear();
        agreed.add(node.self);
        node.timers.cancel(Timers.Name.TOKEN_LOSS);
        node.timers.set(Timers.Name.CONSENSUS, now + node.config.consensusNanos());
        announce(now);
    }

    private void announce(long now) {
        node.toAll(new JoinMessage(node.self, proposal.processes(), proposal.failed(), node.ringId.sequence(), false));
        node.timers.set(Timers.Name.JOIN, now + node.config.joinNanos());
    }

    @Override
    void onJoin(JoinMessage join, long now) {
        if (proposal.isOf(join)) {
            if (!join.leaving()) {
                agreed.add(join.sender());
            }
            evaluate(now);
        } else {
            propose(proposal.merge(join, node.self, node.installed.members), now);
        }
    }

    private void propose(Proposal next, long now) {
        if (!next.equals(proposal)) {
            proposal = next;
            begin(now);
            evaluate(now);
        }
    }

    /** Who can't receive leaves the others, whatever they say, and begins again alone. */
    private void evaluate(long now) {
        SortedSet<NodeId> candidates = proposal.candidates();
        if (!agreed.containsAll(candidates)) {
            return;
        }
        if (!candidates.contains(node.self)) {
            proposal = Proposal.of(Sets.of(node.self));
            commit(now);
        } else if (candidates.first().equals(node.self) && (mayStayAlone || candidates.size() > 1)) {
            commit(now);
        }
    }

    private void commit(long now) {
        node.transition(Commit.create(node, proposal), "all agree", now);
    }

    @Override
    void onCommitToken(CommitToken token, long now) {
        boolean acceptable = token.ring().sequence() > node.ringId.sequence()
                && token.members().equals(proposal.candidates())
                && Commit.isMyTurn(token, node.self);
        if (acceptable) {
            node.transition(new Commit(node, proposal, token), "commit token " + token.ring(), now);
        }
    }

    @Override
    void onOrdered(OrderedMessage message, long now) {
        boolean own = message.ring().equals(node.installed.id) && node.ringId.equals(node.installed.id);
        if (own) {
            node.installed.add(message);
        } else {
            foreign(message.sender(), message.ring(), now);
        }
    }

    @Override
    void onMergeDetect(MergeDetect message, long now) {
        foreign(message.sender(), message.ring(), now);
    }

    private void foreign(NodeId sender, RingId ring, long now) {
        if (!ring.equals(node.ringId)) {
            propose(proposal.withProcess(sender), now);
        }
    }

    @Override
    void onTimer(Timers.Name timer, long now) {
        switch (timer) {
            case JOIN -> {
                mayStayAlone = true;
                announce(now);
                evaluate(now);
            }
            case CONSENSUS -> onConsensusTimeout(now);
            case TOKEN_LOSS -> {
                onConsensusTimeout(now);
                begin(now);
            }
            default -> {}
        }
    }

    private void onConsensusTimeout(long now) {
        SortedSet<NodeId> silent = Sets.minus(proposal.processes(), agreed);
        if (agreed.containsAll(proposal.candidates())) {
            agreed.clear(); // but no commit token came: whoever is still there says so again
            agreed.add(node.self);
            node.timers.set(Timers.Name.TOKEN_LOSS, now + node.config.tokenTimeoutNanos());
        } else {
            node.log.info("{} did not agree in time", silent);
            proposal = proposal.withFailed(silent);
            begin(now);
            evaluate(now);
        }
    }
}
