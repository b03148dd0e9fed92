package dev.ha4j.examples.demo;

import dev.ha4j.examples.demo.TestBed.Kind;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The ways in which the demo takes the leader away. */
enum Scenario {
    KILL("SIGKILL of the leader's JVM", Kind.FENCED, Scripts::kill),
    SILENT("the leader's packets are dropped, both ways", Kind.FENCED_AND_CUTTABLE, Scripts::silent),
    FREEZE(
            "SIGSTOP of the leader, SIGCONT after the next one leads; no fencing, the storage checks tokens",
            Kind.TOKENS_ONLY,
            Scripts::freeze),
    FREEZE_FENCED("SIGSTOP of the leader; its BMC takes the power", Kind.FENCED, Scripts::freezeFenced),
    BMC_DEAD("SIGKILL of the leader, whose BMC does not answer; an operator helps", Kind.FENCED, Scripts::bmcDead),
    MAJORITY_LOST("SIGKILL of both others; the leader has to cease", Kind.FENCED, Scripts::majorityLost),
    GRACEFUL("the leader closes and leaves", Kind.FENCED, Scripts::graceful),
    RESTART_ALL("power loss of all three", Kind.FENCED, Scripts::restartAll),
    TWO_NODE(
            "two nodes and a witness: SIGKILL of the leader, then it is cut off from all, then the witness starts anew first",
            Kind.TWO_NODES,
            Scripts::twoNode),
    UNBLOCK(
            "SIGKILL of both others, for good; an operator has them fenced, and lets the leader go on alone",
            Kind.FENCED,
            Scripts::unblock);

    /** What is done in one run. */
    @FunctionalInterface
    interface Script {
        void play(Stage stage);
    }

    private final String title;
    private final Kind bed;
    private final Script script;

    Scenario(String title, Kind bed, Script script) {
        this.title = title;
        this.bed = bed;
        this.script = script;
    }

    static Optional<Scenario> named(String name) {
        return Arrays.stream(values())
                .filter(scenario -> scenario.toString().equals(name))
                .findFirst();
    }

    String title() {
        return title;
    }

    Kind bed() {
        return bed;
    }

    void play(Stage stage) {
        script.play(stage);
    }

    /**
     * How many acts the former leader may try with a token that is not the newest any more: the one that was under way when it
     * was stopped, and none if it was fenced before.
     */
    long staleAttemptsAllowed() {
        return bed.fenced() ? 0 : 1;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
