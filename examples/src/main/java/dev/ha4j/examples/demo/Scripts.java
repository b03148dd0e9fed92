package dev.ha4j.examples.demo;

import dev.ha4j.examples.demo.judge.Tenure;
import dev.ha4j.examples.demo.node.NodeStatus;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** What happens in each scenario. */
final class Scripts {

    /** Time in which nobody may be promoted although the leader is dead. */
    private static final Duration WITHOUT_PROOF = Duration.ofSeconds(5);

    private static final Duration LEASE_AND_GUARD = TestBed.LEASE.plusMillis(200);
    private static final Duration HAND_OVER_LIMIT = Duration.ofMinutes(2);

    /** Until those who asked the arbiter have asked it again. */
    private static final Duration ARBITER_BACK = Duration.ofSeconds(6);

    /** For so many leases nothing must have been heard of who is declared down, and a bit more. */
    private static final int QUIET_LEASES = 4;

    private Scripts() {}

    static void kill(Stage stage) {
        stage.strike(stage.leader()::crash);
        stage.awaitSuccessor();
        stage.requireFenced(stage.leader());
    }

    static void silent(Stage stage) {
        stage.strike(() -> stage.bed().cutOff(stage.leader()));
        stage.awaitSuccessor();
        stage.requireFenced(stage.leader());
    }

    static void freeze(Stage stage) {
        stage.strike(stage.leader()::freeze);
        stage.awaitSuccessor();
        stage.leader().thaw();
        stage.bed().awaitSteady();
    }

    static void freezeFenced(Stage stage) {
        stage.strike(stage.leader()::freeze);
        stage.awaitSuccessor();
        stage.requireFenced(stage.leader());
    }

    static void bmcDead(Stage stage) {
        Machine lost = stage.leader();
        stage.bed().bmc(lost.id()).faults().unreachable(true);
        stage.strike(lost::crash);
        Patience.pass(WITHOUT_PROOF);
        stage.require(!stage.hasSuccessor(), "somebody was promoted without proof that " + lost + " is down");
        Machine survivor = stage.others().get(0);
        stage.note("after " + WITHOUT_PROOF.toSeconds() + " s: " + explanation(survivor));
        stage.countPromotionFromNow();
        String answer = survivor.confirmDown(lost.name(), "demo-operator", "saw the machine dark")
                .orElse("no answer");
        stage.note("an operator confirms that " + lost + " is down: " + answer);
        stage.awaitSuccessor();
    }

    /** Whoever is left has the witness on its side, fences the other, and once. */
    static void twoNode(Stage stage) {
        int ordersBefore = powerOrders(stage);
        Machine lost = stage.leader();
        switch (stage.number() % 3) {
            case 1 -> stage.strike(lost::crash);
            case 2 -> stage.strike(() -> stage.bed().cutOff(lost));
            default -> {
                stage.bed().restartArbiter();
                Patience.pass(ARBITER_BACK);
                stage.require(!stage.hasSuccessor(), "the restart of the arbiter moved the lead");
                stage.strike(lost::crash);
            }
        }
        stage.awaitSuccessor();
        stage.requireFenced(lost);
        stage.require(
                powerOrders(stage) == ordersBefore + 1,
                (powerOrders(stage) - ordersBefore) + " orders were given to BMCs, and one was needed");
        stage.note(explanation(stage.others().get(0)));
    }

    /** The majority does not come back: too early an operator is refused; then she is heard, and those who come back follow. */
    static void unblock(Stage stage) {
        List<Machine> lost = stage.others();
        Machine survivor = stage.leader();
        stage.strike(lost, () -> lost.forEach(Machine::crash));
        Patience.pass(LEASE_AND_GUARD.plus(TestBed.TOKEN_TIMEOUT));
        stage.require(!stage.hasSuccessor(), "somebody was promoted without a quorum");
        String tooEarly = survivor.unblock(lost).orElse("no answer");
        stage.require(tooEarly.contains("Refused"), "the operator was heard too early: " + tooEarly);
        stage.note(tooEarly);
        for (Machine machine : lost) {
            stage.note("an operator has " + machine + " fenced: "
                    + survivor.fence(machine.name()).orElse("no answer"));
        }
        Patience.pass(TestBed.LEASE.multipliedBy(QUIET_LEASES));
        stage.countPromotionFromNow();
        String heard = survivor.unblock(lost).orElse("no answer");
        stage.require(heard.contains("Applied"), "the operator was not heard: " + heard);
        stage.note("and lets " + survivor + " go on: " + heard);
        stage.awaitSuccessor();
        lost.forEach(Machine::powerOn);
        stage.bed().awaitSteady();
    }

    private static String explanation(Machine machine) {
        return machine.status().map(NodeStatus::explanation).orElse(machine + " does not answer");
    }

    static void majorityLost(Stage stage) {
        List<Machine> lost = stage.others();
        stage.strike(lost, () -> lost.forEach(Machine::crash));
        Patience.pass(LEASE_AND_GUARD.plus(TestBed.TOKEN_TIMEOUT));
        double lastActMillis = stage.lastActMillis();
        stage.note("%s stopped leading after %.1f ms (lease: %d ms): %s"
                .formatted(stage.leader(), lastActMillis, TestBed.LEASE.toMillis(), explanation(stage.leader())));
        stage.require(
                lastActMillis <= TestBed.LEASE.toMillis(),
                "the last act came " + lastActMillis + " ms after the fault");
        stage.require(!stage.hasSuccessor(), "somebody was promoted without a quorum");
        stage.countPromotionFromNow();
        lost.forEach(Machine::powerOn);
        stage.awaitSuccessor();
    }

    static void graceful(Stage stage) {
        int ordersBefore = powerOrders(stage);
        stage.strike(() ->
                stage.require(stage.leader().shutDown(HAND_OVER_LIMIT), stage.leader() + " did not leave in time"));
        Tenure next = stage.awaitSuccessor();
        stage.require(next.node() != stage.leader().id(), "the one that left leads again");
        stage.require(powerOrders(stage) == ordersBefore, "somebody was fenced");
    }

    private static int powerOrders(Stage stage) {
        return stage.bed().machines().stream()
                .collect(Collectors.summingInt(
                        machine -> stage.bed().bmc(machine.id()).ordersReceived()));
    }

    static void restartAll(Stage stage) {
        List<Machine> all = stage.bed().machines();
        stage.strike(all, () -> all.forEach(Machine::powerOff));
        stage.countPromotionFromNow();
        stage.bed().powerOn();
        stage.awaitSuccessor();
    }
}
