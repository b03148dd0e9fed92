package dev.ha4j.examples.demo.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StorageTest {

    private final Storage storage = new Storage();

    @Test
    void aTokenIsAcceptedUntilANewerOneIsSeen() {
        assertThat(act(7, 1, 100)).isEqualTo(Storage.Answer.BEGAN);
        assertThat(act(7, 1, 101)).isEqualTo(Storage.Answer.ACCEPTED);
        assertThat(act(8, 2, 200)).isEqualTo(Storage.Answer.BEGAN);
        assertThat(act(7, 1, 201)).isEqualTo(Storage.Answer.REFUSED);

        assertThat(storage.verdict()).isEqualTo(new Verdict(3, 1, 0, 0, 0));
        assertThat(storage.newest()).hasValueSatisfying(tenure -> {
            assertThat(tenure.token()).isEqualTo(8);
            assertThat(tenure.acts()).isEqualTo(1);
        });
    }

    @Test
    void leadersOverlapWhenTheOldOneActedAfterTheNewOneBegan() {
        act(7, 1, 100);
        act(7, 1, 250);
        act(8, 2, 200);

        assertThat(storage.verdict().overlapNanos()).isEqualTo(50);
        assertThat(storage.verdict().staleAccepted()).isZero();
        assertThat(storage.verdict().isExclusive()).isFalse();
    }

    @Test
    void aTokenThatTwoProcessesUseIsNoFencingToken() {
        act(7, 1, 100);
        act(7, 2, 130);

        assertThat(storage.verdict().staleAccepted()).isEqualTo(1);
        assertThat(storage.verdict().overlapNanos()).isEqualTo(30);
        assertThat(storage.verdict().isExclusive()).isFalse();
    }

    @Test
    void oneProcessThatLeadsAgainOverlapsWithNobody() {
        act(7, 1, 100);
        act(8, 1, 90);

        assertThat(storage.verdict().isExclusive()).isTrue();
    }

    @Test
    void whatDidNotArriveLeavesAGapForEachProcess() {
        receive(new Act(7, 1, 1001, 0, 100));
        receive(new Act(7, 1, 1001, 3, 101));
        receive(new Act(8, 2, 1002, 40, 200));
        receive(new Act(8, 2, 1002, 41, 201));

        assertThat(storage.verdict().gaps()).isEqualTo(2);
    }

    @Test
    void aNewCountForgetsNoToken() {
        act(8, 2, 100);
        storage.begin();

        assertThat(act(7, 1, 200)).isEqualTo(Storage.Answer.REFUSED);
        assertThat(storage.verdict()).isEqualTo(new Verdict(0, 1, 0, 0, 0));
    }

    private Storage.Answer act(long token, int node, long sentNanos) {
        return receive(new Act(token, node, 1000 + node, 0, sentNanos));
    }

    private Storage.Answer receive(Act act) {
        return storage.receive(act, act.sentNanos() + 10);
    }
}
