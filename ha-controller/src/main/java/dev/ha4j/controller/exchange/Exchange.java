package dev.ha4j.controller.exchange;

import dev.ha4j.api.NodeId;
import dev.ha4j.controller.QuorumWord;
import dev.ha4j.controller.QuorumWord.Unblock;
import dev.ha4j.controller.RingView;
import dev.ha4j.controller.command.StateCommand.Joiner;
import dev.ha4j.controller.command.StateCommand.OpenEpoch;
import dev.ha4j.quorum.QuorumVerdict;
import dev.ha4j.quorum.VotingRules;
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
 *                                      |  or an operator's word
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
    private Optional<Hearing> hearing = Optional.empty();
    private Optional<QuorumWord> word = Optional.empty();
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
     * @param word an operator's, by which it was decided
     */
    public record Decision(
            NodeId source,
            Offer offer,
            SortedSet<NodeId> lacking,
            QuorumVerdict verdict,
            boolean withDevice,
            Optional<QuorumWord> word) {

        /** Whether the epoch begins an era: it is an operator who lets members without quorum go on. */
        public boolean beginsEra() {
            return word.filter(Unblock.class::isInstance).isPresent();
        }

        /** By which votes and disks are counted. */
        public VotingRules rules() {
            return ExchangeRules.rules(offer, word);
        }
    }

    /**
     * What became of an operator's word.
     *
     * @param asked the member that was told
     * @param refusal why it does not hold; empty if it does
     */
    public record Answer(NodeId asked, Optional<String> refusal) {}

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

    /**
     * An operator's word was told to a member. An answer, if it can be given at once; else all members are to say what they know
     * of those who are declared down.
     */
    public Optional<Answer> spoken(NodeId asked, QuorumWord said) {
        Hearing next = new Hearing(asked, said, view.members());
        Optional<String> refusal = untimely()
                .or(() -> ExchangeRules.wordRefusal(decision.orElseThrow(), said))
                .or(() -> next.mistake(decision.orElseThrow().offer().rules().configured()));
        if (refusal.isPresent()) {
            return Optional.of(new Answer(asked, refusal));
        }
        hearing = Optional.of(next);
        return settled();
    }

    private Optional<String> untimely() {
        if (decision.isEmpty()) {
            return Optional.of("the votes have not been counted yet: ask again");
        }
        if (isQuorate()) {
            return Optional.of(
                    word.isPresent()
                            ? "this ring went on at an operator's word once, and its time is over: restart a node, so"
                                    + " that there is another ring, and say it anew"
                            : "there is a quorum");
        }
        return hearing.map(other -> "the word of " + other.word().operator() + " is being considered");
    }

    /** A member said what it knows. An answer, if it was the last one. */
    public Optional<Answer> opined(NodeId member, Opinion opinion) {
        hearing.ifPresent(current -> current.said(member, opinion));
        return settled();
    }

    private Optional<Answer> settled() {
        Hearing current = hearing.orElse(null);
        if (current == null || !current.isComplete() || isQuorate()) {
            return Optional.empty();
        }
        hearing = Optional.empty();
        Optional<String> refusal = current.refusal();
        if (refusal.isEmpty()) {
            refusal = heeded(current.word());
        }
        return Optional.of(new Answer(current.asked(), refusal));
    }

    /** Decides anew with the word, if that is enough. */
    private Optional<String> heeded(QuorumWord said) {
        word = Optional.of(said);
        Decision made = decide();
        if (!made.verdict().quorate()) {
            word = Optional.empty();
            return Optional.of(
                    "there would still be no quorum: " + made.verdict().explanation());
        }
        decision = Optional.of(made);
        return Optional.empty();
    }

    private boolean isQuorate() {
        return decision.filter(made -> made.verdict().quorate()).isPresent();
    }

    private Decision decide() {
        NodeId source = ExchangeRules.source(offers);
        Offer best = Objects.requireNonNull(offers.get(source));
        QuorumVerdict alone = ExchangeRules.verdict(offers, best, false, word);
        boolean withDevice = !alone.quorate() && ExchangeRules.deviceCounts(offers, words);
        QuorumVerdict verdict = withDevice ? ExchangeRules.verdict(offers, best, true, word) : alone;
        return new Decision(source, best, ExchangeRules.lacking(offers), verdict, withDevice, word);
    }

    /** Whether the device's vote would make this ring quorate, and some member has not heard from it yet. */
    public boolean awaitsDevice() {
        return decision.filter(made -> !made.verdict().quorate()
                                && made.offer().rules().hasDevice()
                                && ExchangeRules.verdict(offers, made.offer(), true, word)
                                        .quorate())
                        .isPresent()
                && !words.keySet().equals(view.members());
    }

    public Optional<Decision> decision() {
        return decision;
    }

    /** A member has the base on disk. Whether the epoch opens at this very point. */
    public boolean durable(NodeId node) {
        if (open || !isQuorate()) {
            return false;
        }
        durable.add(node);
        open = ExchangeRules.opens(decision.orElseThrow(), durable, view.members());
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
        return new OpenEpoch(view.sequence(), joiners, word);
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
