package dev.ha4j.controller.exchange;

import dev.ha4j.api.NodeId;
import dev.ha4j.controller.RingView;
import dev.ha4j.controller.command.StateCommand.Joiner;
import dev.ha4j.controller.command.StateCommand.OpenEpoch;
import dev.ha4j.quorum.QuorumVerdict;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The state exchange of one ring. All members see the same messages in the same order, so all decide alike at the same point.
 *
 * <pre>
 *   offers of all members -> decision -+- not quorate: the end, unless the quorum device gives its vote
 *                                      +- quorate: snapshot to who lacks it, EpochDurable of source and quorum -> open
 * </pre>
 *
 * <p>A new ring begins a new exchange; nothing of the old one counts in it.
 */
public final class Exchange {

    private final RingView view;
    private final SortedMap<NodeId, Offer> offers = new TreeMap<>();
    private final SortedMap<NodeId, DeviceWord> words = new TreeMap<>();
    private final SortedSet<NodeId> durable = new TreeSet<>();
    private long latestTokenNanos = Long.MIN_VALUE;
    private Optional<Decision> decision = Optional.empty();
    private boolean open;

    /**
     * What the offers lead to.
     *
     * @param source who has the newest state
     * @param offer of the source
     * @param lacking who needs it
     * @param verdict whether this ring is quorate
     * @param withDevice whether that needed the quorum device's vote
     */
    public record Decision(
            NodeId source, Offer offer, SortedSet<NodeId> lacking, QuorumVerdict verdict, boolean withDevice) {}

    public Exchange(RingView view) {
        this.view = view;
    }

    public RingView view() {
        return view;
    }

    /** Whether a message that names this ring belongs to this exchange. */
    public boolean concerns(long ring, NodeId sender) {
        return ring == view.sequence() && view.members().contains(sender);
    }

    /** An offer was delivered. The decision, at the point at which the last one came. */
    public Optional<Decision> offered(NodeId node, Offer offer, long nowNanos) {
        if (decision.isPresent() || offers.containsKey(node)) {
            return Optional.empty();
        }
        offers.put(node, offer);
        long token = nowNanos - Math.max(0, offer.tokenAgeNanos());
        latestTokenNanos = offers.size() == 1 ? token : later(latestTokenNanos, token);
        if (!offers.keySet().equals(view.members())) {
            return Optional.empty();
        }
        decision = Optional.of(decide());
        return decision;
    }

    /**
     * A member heard from its quorum device. A new decision, if there was one that was not quorate. One that is stays: while
     * this ring lasts nobody else can become quorate, whatever becomes of the device.
     */
    public Optional<Decision> deviceSaid(NodeId node, DeviceWord word) {
        words.put(node, word);
        if (decision.isEmpty() || decision.get().verdict().quorate()) {
            return Optional.empty();
        }
        decision = Optional.of(decide());
        return decision;
    }

    private Decision decide() {
        NodeId source = ExchangeRules.source(offers);
        Offer best = Objects.requireNonNull(offers.get(source));
        QuorumVerdict alone = ExchangeRules.verdict(offers, best, false);
        boolean withDevice = !alone.quorate() && ExchangeRules.deviceCounts(offers, words);
        QuorumVerdict verdict = withDevice ? ExchangeRules.verdict(offers, best, true) : alone;
        return new Decision(source, best, ExchangeRules.lacking(offers), verdict, withDevice);
    }

    /** Whether the device's vote would make this ring quorate, and some member has not heard from it yet. */
    public boolean awaitsDevice() {
        return decision.filter(made -> !made.verdict().quorate()
                                && made.offer().rules().hasDevice()
                                && ExchangeRules.verdict(offers, made.offer(), true)
                                        .quorate())
                        .isPresent()
                && !words.keySet().equals(view.members());
    }

    public Optional<Decision> decision() {
        return decision;
    }

    /** A member has the base on disk. Whether the epoch opens at this very point. */
    public boolean durable(NodeId node) {
        if (open || decision.isEmpty() || !decision.get().verdict().quorate()) {
            return false;
        }
        durable.add(node);
        open = ExchangeRules.opens(decision.get(), durable, view.members());
        return open;
    }

    public boolean isOpen() {
        return open;
    }

    /** Members whose disks had the base when the epoch opened. */
    public SortedSet<NodeId> durableMembers() {
        return new TreeSet<>(durable);
    }

    /** When a lost node's last token may have been seen by one of the members, by this node's clock. */
    public long latestTokenNanos() {
        return latestTokenNanos;
    }

    /** Members that count only at an operator's word, with it. */
    public SortedMap<NodeId, String> countedByWord() {
        TreeMap<NodeId, String> words = new TreeMap<>();
        decision.ifPresent(made -> offers.forEach((node, offer) -> {
            if (!made.offer().knowsDiskOf(node, offer)
                    && !offer.lostStateAcceptedBy().isEmpty()) {
                words.put(node, offer.lostStateAcceptedBy());
            }
        }));
        return words;
    }

    public OpenEpoch opening() {
        List<Joiner> joiners = offers.entrySet().stream()
                .map(entry -> joiner(entry.getKey(), entry.getValue()))
                .toList();
        return new OpenEpoch(view.sequence(), joiners);
    }

    private static Joiner joiner(NodeId node, Offer offer) {
        return new Joiner(
                node,
                offer.incarnation(),
                offer.softwareLevel(),
                offer.featureLevel(),
                offer.implemented(),
                offer.historyHolds());
    }

    private static long later(long one, long other) {
        return other - one > 0 ? other : one;
    }
}
