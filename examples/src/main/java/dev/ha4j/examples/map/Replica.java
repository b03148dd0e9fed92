package dev.ha4j.examples.map;

import dev.ha4j.api.NodeId;
import dev.ha4j.examples.map.MapMessage.Change;
import dev.ha4j.examples.map.MapMessage.Claim;
import dev.ha4j.examples.map.MapMessage.Piece;
import dev.ha4j.totem.Delivery;
import dev.ha4j.totem.Lane;
import dev.ha4j.totem.RegularConfiguration;
import dev.ha4j.totem.RingListener;
import dev.ha4j.totem.SendOutcome;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** One member's copy, a function of what the ring delivers. On the ring's thread. */
final class Replica implements RingListener {

    private final NodeId self;
    private final Map<String, String> entries;
    private final Sender sender;
    private final Consumer<String> news;
    private Optional<Reunion> reunion = Optional.empty();
    private long changes;

    /** The way to the ring. */
    @FunctionalInterface
    interface Sender {
        CompletionStage<SendOutcome> send(Lane lane, MapMessage message);
    }

    Replica(NodeId self, Map<String, String> entries, Sender sender, Consumer<String> news) {
        this.self = self;
        this.entries = entries;
        this.sender = sender;
        this.news = news;
    }

    @Override
    public void regular(RegularConfiguration configuration) {
        news.accept("members " + configuration.members());
        Optional<Reunion> unfinished = reunion;
        reunion = Optional.empty();
        unfinished.ifPresent(it -> it.waiting().forEach(this::apply));
        if (unfinished.isPresent() || !configuration.joined().isEmpty()) {
            reunion = Optional.of(new Reunion(configuration));
            // if this claim gets lost the ring has changed, and another is sent
            CompletionStage<SendOutcome> unused =
                    sender.send(Lane.MEMBERSHIP, new Claim(configuration.ring(), changes));
        }
    }

    @Override
    public void delivered(Delivery delivery) {
        MapMessage message = MapMessage.decode(delivery.payload());
        if (message instanceof Change change) {
            reunion.ifPresentOrElse(it -> it.waits(change), () -> apply(change));
        } else if (message instanceof Claim claim) {
            reunion.filter(it -> it.isOf(claim.ring())).ifPresent(it -> claimed(it, delivery.sender(), claim));
        } else if (message instanceof Piece piece) {
            reunion.filter(it -> it.isOf(piece.ring())).ifPresent(it -> received(it, piece));
        }
    }

    private void claimed(Reunion of, NodeId claimant, Claim claim) {
        if (of.claimed(claimant, claim) && of.best().equals(self)) {
            sendNext(new Pieces(claim.ring(), changes, entries), of);
        }
    }

    /** One after the other, so that a large map fills no lane; behind what others have to say. */
    private void sendNext(Iterator<Piece> pieces, Reunion of) {
        if (pieces.hasNext() && reunion.filter(of::equals).isPresent()) {
            CompletionStage<Void> unused = sender.send(Lane.BULK, pieces.next()).thenAccept(outcome -> {
                if (outcome == SendOutcome.DELIVERED) {
                    sendNext(pieces, of);
                }
            });
        }
    }

    private void received(Reunion of, Piece piece) {
        of.received(piece);
        if (piece.last()) {
            entries.keySet().retainAll(of.received().keySet());
            entries.putAll(of.received());
            changes = piece.changes();
            reunion = Optional.empty();
            of.waiting().forEach(this::apply);
        }
    }

    private void apply(Change change) {
        change.value().ifPresentOrElse(value -> entries.put(change.key(), value), () -> entries.remove(change.key()));
        changes++;
    }

    @Override
    public void failed(String reason) {
        news.accept("the map's ring is over: " + reason);
    }
}
