package dev.ha4j.testkit.world;

import dev.ha4j.api.NodeId;
import dev.ha4j.testkit.trace.Event;
import dev.ha4j.totem.Delivery;
import dev.ha4j.totem.DeliveryGuarantee;
import dev.ha4j.totem.Fragment;
import dev.ha4j.totem.RecoveryMessage;
import dev.ha4j.totem.RegularConfiguration;
import dev.ha4j.totem.RegularMessage;
import dev.ha4j.totem.RingId;
import dev.ha4j.totem.RingListener;
import dev.ha4j.totem.Token;
import dev.ha4j.totem.TokenLoan;
import dev.ha4j.totem.TokenVisit;
import dev.ha4j.totem.TransitionalConfiguration;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes down what the ring says on its way to the node. */
public final class RingTrace implements RingListener {

    private static final long EMPTY_DIGEST = 0xCBF29CE484222325L;

    private final RingListener node;
    private final Sink sink;
    private final TokenTruth token;
    private @Nullable RingId forming;
    private @Nullable RingId sentOn;
    private @Nullable RingId lentOn;
    private long lentHop;
    private long sentUpTo;
    private final TreeMap<Long, Begun> begun = new TreeMap<>();

    @FunctionalInterface
    public interface Sink {
        void emit(Event event);
    }

    public RingTrace(RingListener node, Sink sink, TokenTruth token) {
        this.node = node;
        this.sink = sink;
        this.token = token;
    }

    /** Once for each ring. */
    public void forming(RingId ring) {
        if (!ring.equals(forming)) {
            forming = ring;
            sink.emit(new Event.Forming(ring));
        }
    }

    /** The token goes to who asked for it; repetitions don't count. */
    public void lent(NodeId borrower, TokenLoan loan) {
        Token lent = loan.token();
        if (!lent.ring().equals(lentOn) || lent.hop() > lentHop) {
            lentOn = lent.ring();
            lentHop = lent.hop();
            sink.emit(new Event.TokenLent(lent.ring(), loan.lender(), borrower));
        }
    }

    public void repeated(RecoveryMessage message) {
        sink.emit(new Event.OldMessageRepeated(message.original().ring()));
    }

    /** A packet of own messages goes out; only the first time counts. */
    public void sent(RegularMessage message) {
        if (message.ring().equals(sentOn) && message.sequence() <= sentUpTo) {
            return;
        }
        if (!message.ring().equals(sentOn)) {
            begun.clear();
        }
        sentOn = message.ring();
        sentUpTo = message.sequence();
        for (Fragment fragment : message.fragments()) {
            sent(message.ring(), fragment);
        }
    }

    /** Parts of messages from different lanes take turns; a new ring begins them all anew. */
    private void sent(RingId ring, Fragment fragment) {
        Begun before = begun.getOrDefault(fragment.submissionId(), Begun.NOTHING);
        Begun now = new Begun(digest(before.digest, fragment.payload()), before.bytes + fragment.payload().length);
        if (fragment.last()) {
            begun.remove(fragment.submissionId());
            sink.emit(new Event.Sent(ring, fragment.submissionId(), now.digest, now.bytes));
        } else {
            begun.put(fragment.submissionId(), now);
        }
    }

    private record Begun(long digest, int bytes) {
        static final Begun NOTHING = new Begun(EMPTY_DIGEST, 0);
    }

    @Override
    public void delivered(Delivery delivery) {
        sink.emit(new Event.Delivered(
                delivery.ring(),
                delivery.sequence(),
                delivery.sender(),
                delivery.submissionId().orElse(0),
                digest(delivery.payload()),
                delivery.guarantee() == DeliveryGuarantee.SAFE,
                delivery.inTransitional()));
        if (!RingUser.isIts(delivery.payload())) {
            node.delivered(delivery);
        }
    }

    @Override
    public void gathering(String reason) {
        sink.emit(new Event.Gathering(reason));
        node.gathering(reason);
    }

    @Override
    public void transitional(TransitionalConfiguration configuration) {
        sink.emit(new Event.TransitionalInstalled(
                configuration.oldRing(),
                configuration.newRing(),
                configuration.members(),
                configuration.left(),
                configuration.leftCleanly()));
        node.transitional(configuration);
    }

    @Override
    public void regular(RegularConfiguration configuration) {
        token.installed(configuration.ring(), configuration.members().size());
        sink.emit(new Event.RegularInstalled(
                configuration.ring(),
                configuration.members(),
                configuration.joined(),
                configuration.left(),
                configuration.leftCleanly()));
        node.regular(configuration);
    }

    @Override
    public void tokenVisited(TokenVisit visit) {
        token.returnedOn(visit.ring()).ifPresent(at -> sink.emit(new Event.TokenReturned(visit.ring(), at)));
        node.tokenVisited(visit);
    }

    @Override
    public void indeterminate(long submissionId) {
        sink.emit(new Event.Indeterminate(submissionId));
        node.indeterminate(submissionId);
    }

    @Override
    public void left() {
        sink.emit(new Event.RingLeft());
        node.left();
    }

    @Override
    public void failed(String reason) {
        sink.emit(new Event.RingFailed(reason));
        node.failed(reason);
    }

    /** FNV-1a, 64 bits. */
    static long digest(byte[] bytes) {
        return digest(EMPTY_DIGEST, bytes);
    }

    private static long digest(long before, byte[] bytes) {
        long hash = before;
        for (byte each : bytes) {
            hash = (hash ^ (each & 0xFF)) * 0x100000001B3L;
        }
        return hash;
    }
}
