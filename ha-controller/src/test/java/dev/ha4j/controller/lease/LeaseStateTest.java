package dev.ha4j.controller.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class LeaseStateTest {

    private static final long MS = 1_000_000;
    private static final LeaseRule RULE = LeaseRule.forToken(Duration.ofSeconds(1));

    /** In the epoch of ring 5, renewed by a token first sent at 100 ms and accepted at 200 ms, with term 1. */
    private final LeaseState held = LeaseState.initial(RULE, 0)
            .inEpoch(5, List.of())
            .ticked(100 * MS)
            .visited(5, OptionalLong.of(100 * MS), 200 * MS)
            .begin("ledger", 1, 200 * MS);

    @Test
    void itRunsFromTheFirstSendingAndNotFromTheAcceptance() {
        assertThat(runTo(held, 3099).holds(1)).isTrue();
        assertThat(runTo(held, 3100).holds(1)).isFalse();
    }

    @Test
    void theFirstVisitProvesNothing() {
        LeaseState fresh = LeaseState.initial(RULE, 0).inEpoch(5, List.of()).visited(5, OptionalLong.empty(), MS);

        assertThat(fresh.isValid(MS)).isFalse();
        assertThat(fresh.begin("ledger", 1, MS).holds(1)).isFalse();
    }

    @Test
    void anotherRingsTokenRenewsNothing() {
        LeaseState visited = runTo(held, 3000).visited(6, OptionalLong.of(2900 * MS), 3000 * MS);

        assertThat(runTo(visited, 3100).holds(1)).isFalse();
    }

    @Test
    void withoutAnEpochNothingRenewsAndTheLeaseRunsOn() {
        LeaseState visited = runTo(held.outOfEpoch(), 1000).visited(5, OptionalLong.of(900 * MS), 1000 * MS);

        assertThat(runTo(visited, 3099).holds(1)).isTrue();
        assertThat(runTo(visited, 3100).holds(1)).isFalse();
        assertThat(visited.isValid(1000 * MS)).isFalse();
    }

    @Test
    void expiryLatches() {
        LeaseState expired = runTo(held, 3100).visited(5, OptionalLong.of(3050 * MS), 3101 * MS);

        assertThat(expired.isValid(3101 * MS)).isTrue();
        assertThat(expired.holds(1)).isFalse();
        assertThat(expired.lapsed()).containsExactly(1L);
    }

    @Test
    void aTokenThatWasHeldUpLatchesBeforeItRenews() {
        LeaseState late = runTo(held, 3090).visited(5, OptionalLong.of(3000 * MS), 3200 * MS);

        assertThat(late.holds(1)).isFalse();
    }

    @Test
    void aPauseSuspendsForWhoeverLooksFirst() {
        assertThat(held.observed(700 * MS).holds(1)).isTrue();
        assertThat(held.observed(701 * MS).holds(1)).isFalse();
    }

    @Test
    void aTokenSentBeforeThePauseDoesNotEndIt() {
        LeaseState back = held.ticked(1500 * MS);
        assertThat(back.holds(1)).isFalse();

        LeaseState buffered = back.visited(5, OptionalLong.of(200 * MS), 1501 * MS);
        assertThat(buffered.holds(1)).isFalse();

        LeaseState fresh = buffered.visited(5, OptionalLong.of(1501 * MS), 1600 * MS);
        assertThat(fresh.holds(1)).isTrue();
    }

    @Test
    void thePauseLastsUntilTheRingsThreadRunsAgain() {
        LeaseState seenByReader = held.observed(800 * MS);
        LeaseState back = seenByReader.ticked(1500 * MS);

        assertThat(back.visited(5, OptionalLong.of(900 * MS), 1501 * MS).holds(1))
                .isFalse();
    }

    @Test
    void aTermThatTheEpochDoesNotConfirmLapses() {
        LeaseState two = held.begin("api", 2, 200 * MS);

        LeaseState next = two.outOfEpoch().inEpoch(9, List.of(2L));

        assertThat(next.holds(1)).isFalse();
        assertThat(next.holds(2)).isTrue();
    }

    @Test
    void anEndedTermIsNeverHeldAgain() {
        LeaseState ended = held.end(1);

        assertThat(ended.holds(1)).isFalse();
        assertThat(ended.inEpoch(9, List.of(1L)).holds(1)).isFalse();
    }

    @Test
    void aSuccessorWaitsLongerThanAnyHolderOfAFastClockThinks() {
        Duration wait = RULE.successorWait();

        assertThat(wait).isGreaterThan(RULE.length().plus(RULE.guard()).plus(RULE.margin()));
        assertThat(wait).isEqualTo(Duration.ofNanos(3_301_280_000L));
    }

    /** The ring's thread runs all the time until then. */
    private static LeaseState runTo(LeaseState from, long untilMillis) {
        LeaseState state = from;
        for (long at = from.lastTickNanos() / MS; at < untilMillis; at += 50) {
            state = state.ticked(at * MS);
        }
        return state.observed(untilMillis * MS);
    }
}
