package dev.ha4j.controller.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.Incarnation;
import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.QuorumDeviceOptions;
import dev.ha4j.api.config.QuorumOptions;
import dev.ha4j.api.state.StateVersion;
import dev.ha4j.controller.RingView;
import dev.ha4j.quorum.QuorumVerdict;
import dev.ha4j.quorum.VotingRule;
import dev.ha4j.quorum.VotingRules;
import dev.ha4j.quorum.WaitForAll;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class ExchangeTest {

    private final Exchange exchange = new Exchange(new RingView(20, id(1), ids(1, 2, 3), ids()));

    @Test
    void aLaterEpochBeatsALongerLog() {
        SortedMap<NodeId, Offer> offers = new TreeMap<>();
        offers.put(id(1), offer(4, 900));
        offers.put(id(2), offer(8, 3));
        offers.put(id(3), offer(8, 3));

        assertThat(ExchangeRules.best(offers)).isEqualTo(new StateVersion(8, 3));
        assertThat(ExchangeRules.source(offers)).isEqualTo(id(2));
        assertThat(ExchangeRules.lacking(offers)).containsExactly(id(1));
    }

    @Test
    void beforeTheFirstEpochADifferentConfigurationIsReplaced() {
        SortedMap<NodeId, Offer> offers = new TreeMap<>();
        offers.put(id(1), offer(0, 0, 11, 0));
        offers.put(id(2), offer(0, 0, 12, 0));

        assertThat(ExchangeRules.lacking(offers)).containsExactly(id(2));
    }

    @Test
    void aMemberWhoseDiskIsNotTheOneItHadDoesNotCount() {
        SortedMap<NodeId, Offer> offers = new TreeMap<>();
        offers.put(id(1), offer(4, 1, Map.of(id(1), "d", id(3), "old disk")));
        offers.put(id(3), offer(0, 0));
        QuorumVerdict verdict = ExchangeRules.verdict(offers, offers.get(id(1)), false, Optional.empty());

        assertThat(verdict.quorate()).isFalse();
        assertThat(verdict.explanation()).startsWith("1 of 3 votes present, 2 needed; without nodes [3]");
        offers.put(id(2), offer(4, 1));
        assertThat(ExchangeRules.verdict(offers, offers.get(id(1)), false, Optional.empty())
                        .quorate())
                .isTrue();
    }

    @Test
    void itDecidesWhenAllHaveOffered() {
        assertThat(exchange.offered(id(1), offer(4, 1), 0)).isEmpty();
        assertThat(exchange.offered(id(1), offer(9, 9), 0))
                .as("a second offer of one member")
                .isEmpty();
        assertThat(exchange.offered(id(2), offer(4, 2), 0)).isEmpty();
        Optional<Exchange.Decision> decision = exchange.offered(id(3), offer(4, 1), 0);

        assertThat(decision).isPresent();
        assertThat(decision.get().source()).isEqualTo(id(2));
        assertThat(decision.get().lacking()).containsExactly(id(1), id(3));
        assertThat(decision.get().verdict().quorate()).isTrue();
    }

    @Test
    void itOpensWithTheSourceAndAQuorumAndNotBefore() {
        offers();

        assertThat(exchange.durable(id(1))).isFalse();
        assertThat(exchange.durable(id(1))).as("one vote counts once").isFalse();
        assertThat(exchange.durable(id(3))).as("the source is missing").isFalse();
        assertThat(exchange.durable(id(2))).isTrue();
        assertThat(exchange.durable(id(2))).as("it opens once").isFalse();
        assertThat(exchange.durableMembers()).containsExactly(id(1), id(2), id(3));
    }

    @Test
    void theSourceAloneDoesNotOpen() {
        offers();

        assertThat(exchange.durable(id(2))).isFalse();
    }

    @Test
    void nothingCountsBeforeTheDecision() {
        assertThat(exchange.durable(id(1))).isFalse();
        offers();

        assertThat(exchange.durable(id(2))).isFalse();
    }

    @Test
    void anInquorateRingNeverOpens() {
        Exchange minority = new Exchange(new RingView(20, id(1), ids(1), ids()));
        Optional<Exchange.Decision> decision = minority.offered(id(1), offer(4, 1), 0);

        assertThat(decision.orElseThrow().verdict().quorate()).isFalse();
        assertThat(minority.durable(id(1))).isFalse();
    }

    @Test
    void anotherRingsMessageAndAStrangersDontCount() {
        assertThat(exchange.concerns(20, id(1))).isTrue();
        assertThat(exchange.concerns(16, id(1))).isFalse();
        assertThat(exchange.concerns(20, id(9))).isFalse();
    }

    @Test
    void theLatestTokenOfAnyMemberCounts() {
        exchange.offered(id(1), offer(4, 1, 0, 500), 1000);
        exchange.offered(id(2), offer(4, 1, 0, 900), 2000);
        exchange.offered(id(3), offer(4, 1, 0, 5000), 3000);

        assertThat(exchange.latestTokenNanos()).isEqualTo(1100);
    }

    @Test
    void acknowledgedIsWhatAQuorumOfThisEpochHas() {
        offers();
        exchange.durable(id(1));
        exchange.durable(id(2));
        Acknowledgements acks =
                new Acknowledgements(exchange, exchange.decision().orElseThrow(), 10);
        assertThat(acks.acknowledgedIndex()).isEqualTo(10);

        acks.durable(id(1), 20, 15);
        assertThat(acks.acknowledgedIndex()).isEqualTo(10);
        acks.durable(id(3), 16, 15);
        assertThat(acks.acknowledgedIndex()).as("another epoch").isEqualTo(10);
        acks.durable(id(3), 20, 13);
        assertThat(acks.acknowledgedIndex()).isEqualTo(13);
        acks.durable(id(3), 20, 12);
        assertThat(acks.acknowledgedIndex()).as("never falls").isEqualTo(13);
    }

    @Test
    void theDeviceCountsForDisksOnlyWhereTheEpochNeededIt() {
        Exchange both = new Exchange(new RingView(20, id(1), ids(1, 2), ids()));
        both.offered(id(1), withDevice(), 0);
        Exchange.Decision together = both.offered(id(2), withDevice(), 0).orElseThrow();
        assertThat(together.verdict().quorate()).isTrue();
        both.deviceSaid(id(1), new DeviceWord(true, OptionalLong.of(4)));
        assertThat(ExchangeRules.opens(together, ids(1), ids(1, 2)))
                .as("with the device alone the other node would lack it")
                .isFalse();

        Exchange one = new Exchange(new RingView(20, id(1), ids(1), ids()));
        assertThat(one.offered(id(1), withDevice(), 0).orElseThrow().verdict().quorate())
                .isFalse();
        assertThat(one.awaitsDevice()).isTrue();
        Exchange.Decision alone =
                one.deviceSaid(id(1), new DeviceWord(true, OptionalLong.of(4))).orElseThrow();
        assertThat(alone.verdict().quorate()).isTrue();
        assertThat(ExchangeRules.opens(alone, ids(1), ids(1))).isTrue();
    }

    @Test
    void theDeviceDoesNotCountForWhomItMayHaveServedOthers() {
        Exchange one = new Exchange(new RingView(20, id(1), ids(1), ids()));
        one.offered(id(1), withDevice(), 0);

        assertThat(one.deviceSaid(id(1), new DeviceWord(true, OptionalLong.empty()))
                        .orElseThrow()
                        .verdict()
                        .quorate())
                .isFalse();
        assertThat(one.deviceSaid(id(1), new DeviceWord(true, OptionalLong.of(3)))
                        .orElseThrow()
                        .verdict()
                        .quorate())
                .as("an epoch before the newest")
                .isFalse();
        assertThat(one.awaitsDevice()).as("it has answered").isFalse();
    }

    private static Offer withDevice() {
        SortedMap<NodeId, Integer> votes = new TreeMap<>(Map.of(id(1), 1, id(2), 1));
        QuorumOptions quorum = QuorumOptions.DEFAULTS.withDevice(QuorumDeviceOptions.DEFAULTS);
        return offer(4, 1, 0, 0, Map.of(), quorum, votes);
    }

    private void offers() {
        exchange.offered(id(1), offer(4, 1), 0);
        exchange.offered(id(2), offer(4, 2), 0);
        exchange.offered(id(3), offer(4, 1), 0);
    }

    private static Offer offer(long epoch, long index) {
        return offer(epoch, index, 0, 0);
    }

    private static Offer offer(long epoch, long index, long fingerprint, long tokenAge) {
        return offer(epoch, index, fingerprint, tokenAge, Map.of());
    }

    private static Offer offer(long epoch, long index, Map<NodeId, String> directories) {
        return offer(epoch, index, 0, 0, directories);
    }

    private static Offer offer(
            long epoch, long index, long fingerprint, long tokenAge, Map<NodeId, String> directories) {
        SortedMap<NodeId, Integer> votes = new TreeMap<>();
        List.of(1, 2, 3).forEach(id -> votes.put(id(id), 1));
        return offer(epoch, index, fingerprint, tokenAge, directories, QuorumOptions.DEFAULTS, votes);
    }

    private static Offer offer(
            long epoch,
            long index,
            long fingerprint,
            long tokenAge,
            Map<NodeId, String> directories,
            QuorumOptions quorum,
            SortedMap<NodeId, Integer> votes) {
        return new Offer(
                new Incarnation("m", "b", "d", 1),
                new StateVersion(epoch, index),
                fingerprint,
                new VotingRules(new VotingRule(quorum, votes, new TreeSet<>()), Optional.empty()),
                new TreeMap<>(directories),
                "",
                false,
                WaitForAll.OVER,
                1,
                1,
                new TreeSet<>(),
                true,
                tokenAge);
    }

    private static NodeId id(int value) {
        return NodeId.of(value);
    }

    private static SortedSet<NodeId> ids(int... values) {
        TreeSet<NodeId> ids = new TreeSet<>();
        Arrays.stream(values).forEach(value -> ids.add(id(value)));
        return ids;
    }
}
