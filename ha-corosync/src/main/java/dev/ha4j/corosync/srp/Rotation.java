package dev.ha4j.corosync.srp;

import dev.ha4j.api.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a node does with the token of its ring, visit after visit, from recovery on. */
final class Rotation {

    private final Protocol node;
    private final Ring ring;
    private int lastHop;
    private int lastSequence;
    private int lastReceivedUpTo;
    private int idleRotations;
    private int sentInLastVisit;
    private int lastBacklog;
    private int stuckRotations;

    Rotation(Protocol node, Ring ring) {
        this.node = node;
        this.ring = ring;
        this.lastHop = node.firstSequence - 1;
        this.lastSequence = node.firstSequence;
        this.lastReceivedUpTo = node.firstSequence;
    }

    /** The representative begins. */
    static Token first(Protocol node, Ring ring, boolean recovering) {
        int start = node.firstSequence;
        return new Token(
                node.self, start, start, start - 1, Optional.of(node.self), ring.id, 0, 0, recovering, List.of());
    }

    /** Whether the token is of this ring, and was not here before. */
    boolean isNew(Token token) {
        return token.ring().equals(ring.id) && Serial.isAfter(token.hop(), lastHop) && isPlausible(token);
    }

    /** No token has left behind what this node has not received, or goes farther than anybody may send. */
    private boolean isPlausible(Token token) {
        int ahead = token.sequence() - ring.window.receivedUpTo();
        return ahead >= 0 && ahead < Window.CAPACITY;
    }

    /** The token as it goes on from here. */
    Token visit(Token token, Outgoing outgoing, long now) {
        node.pace.visited(token.backlog(), now);
        int previousReceivedUpTo = lastReceivedUpTo;
        lastReceivedUpTo = token.receivedUpTo();
        lastHop = token.hop();
        countIdleRotations(token);
        int backlog = outgoing.packets();
        int allowed = allowed(token, backlog);
        List<Token.Request> requests = new ArrayList<>(token.requests());
        int repeated = serve(requests, allowed);
        request(requests, token.sequence());
        int sent = send(outgoing, token.sequence(), room(token, allowed - repeated));
        Token next = forward(token, sent, repeated + sent, backlog, requests);
        countStuckRotations(next, previousReceivedUpTo);
        return next;
    }

    int idleRotations() {
        return idleRotations;
    }

    void endIdleness() {
        idleRotations = 0;
    }

    /** Messages up to here are with everybody: received when the token was here before, and still now. */
    int releasable(Token token, int previousReceivedUpTo) {
        return Serial.min(Serial.min(token.receivedUpTo(), previousReceivedUpTo), ring.highDelivered);
    }

    int lastReceivedUpTo() {
        return lastReceivedUpTo;
    }

    /** This node has blocked all others for so long that it should leave them. */
    boolean failsToReceive() {
        return stuckRotations > node.config.failToReceiveRotations();
    }

    private void countIdleRotations(Token token) {
        idleRotations = token.sequence() == lastSequence ? Math.min(idleRotations + 1, Integer.MAX_VALUE - 1) : 0;
        lastSequence = token.sequence();
    }

    /** So many as the whole ring may still send in this rotation; and not more than its share, if others have work too. */
    private int allowed(Token token, int backlog) {
        long room = node.config.windowMessages() - Integer.toUnsignedLong(token.sentInRotation());
        long allowed = Math.max(0, Math.min(node.config.messagesPerVisit(), room));
        long everybody = Integer.toUnsignedLong(token.backlog() + backlog - lastBacklog);
        if (everybody != 0) {
            long share = (long) node.config.windowMessages() * lastBacklog / everybody;
            allowed = share > 0 ? Math.min(allowed, share) : allowed;
        }
        return (int) allowed;
    }

    private int room(Token token, int allowed) {
        return ring.window.hasRoomFor(allowed + node.config.windowMessages(), token.sequence()) ? allowed : 0;
    }

    private int serve(List<Token.Request> requests, int allowed) {
        int served = 0;
        List<Token.Request> open = new ArrayList<>();
        for (Token.Request request : requests) {
            Optional<OrderedMessage> message =
                    request.ring().equals(ring.id) ? ring.window.get(request.sequence()) : Optional.empty();
            if (message.isPresent() && served < allowed) {
                node.toMembers(ring, message.get());
                served++;
            } else {
                open.add(request);
            }
        }
        requests.clear();
        requests.addAll(open);
        node.pace.retransmitted(served);
        return served;
    }

    private void request(List<Token.Request> requests, int upTo) {
        int first = ring.window.receivedUpTo() + 1;
        for (int sequence = first;
                !Serial.isAfter(sequence, upTo) && requests.size() < SrpCodec.MAX_REQUESTS;
                sequence++) {
            Token.Request request = new Token.Request(ring.id, sequence);
            if (ring.window.misses(sequence) >= node.config.visitsBeforeRequest() && !requests.contains(request)) {
                requests.add(request);
                node.pace.requested();
            }
        }
    }

    private int send(Outgoing outgoing, int sequence, int allowed) {
        int sent = 0;
        while (sent < allowed && outgoing.packets() > 0) {
            sent++;
            OrderedMessage message = node.ordered(ring, sequence + sent, outgoing);
            ring.add(message);
            node.toMembers(ring, message);
        }
        return sent;
    }

    private Token forward(Token token, int sent, int transmitted, int backlog, List<Token.Request> requests) {
        int sequence = token.sequence() + sent;
        int received = ring.window.receivedUpTo();
        Optional<NodeId> arrivedLoweredBy = token.loweredBy().filter(lowerer -> ring.members.contains(lowerer));
        boolean mine = Serial.isAfter(token.receivedUpTo(), received)
                || arrivedLoweredBy.map(node.self::equals).orElse(true);
        Optional<NodeId> loweredBy = arrivedLoweredBy;
        if (mine) {
            loweredBy = received == sequence ? Optional.empty() : Optional.of(node.self);
        }
        Token next = new Token(
                node.self,
                sequence,
                token.hop() + 1,
                mine ? received : token.receivedUpTo(),
                loweredBy,
                token.ring(),
                token.backlog() + backlog - lastBacklog,
                token.sentInRotation() + transmitted - sentInLastVisit,
                token.recovering(),
                requests);
        lastBacklog = backlog;
        sentInLastVisit = transmitted;
        return next;
    }

    private void countStuckRotations(Token next, int previousReceivedUpTo) {
        boolean noProgress = next.receivedUpTo() == previousReceivedUpTo;
        boolean blockedByMe = next.loweredBy().map(node.self::equals).orElse(false);
        stuckRotations = noProgress && blockedByMe ? stuckRotations + 1 : 0;
    }
}
