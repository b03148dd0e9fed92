package dev.ha4j.examples.demo;

import dev.ha4j.examples.demo.EventLog.Event;
import dev.ha4j.examples.demo.judge.Tenure;
import dev.ha4j.examples.demo.judge.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** One run of a scenario while it is under way: the fault, and what is seen after it. For one thread. */
final class Trial {

    static final String DETECTED = "detected";
    static final String NEW_RING = "new ring";
    static final String FENCED = "fenced";
    static final String PROMOTED = "promoted";
    static final String STOPPED = "stopped";

    private static final Duration TAKE_OVER_LIMIT = Duration.ofSeconds(30);

    private final Arena arena;
    private final Tenure before;
    private final Machine leader;
    private final Map<String, Double> phases = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private long faultNanos;

    /** Begins with a steady cluster. */
    Trial(Arena arena) {
        this.arena = arena;
        this.before = arena.awaitSteady();
        this.leader = arena.machine(before.node());
        arena.judge().begin();
        this.faultNanos = System.nanoTime();
    }

    Arena arena() {
        return arena;
    }

    Machine leader() {
        return leader;
    }

    long token() {
        return before.token();
    }

    /** Everything is counted from now. */
    void fault() {
        faultNanos = System.nanoTime();
    }

    long faultNanos() {
        return faultNanos;
    }

    /** Waits until a newer leader's acts are accepted, and reads the phases up to there. */
    Tenure awaitSuccessor() {
        Tenure successor = Patience.get(
                () -> "a new leader; the nodes say " + arena.explanations(),
                TAKE_OVER_LIMIT,
                () -> arena.judge().begunAfter(before.token()));
        phase(
                DETECTED,
                event -> event.kind().equals("MEMBERSHIP") && event.text().startsWith("gathering"));
        phase(NEW_RING, this::isRingWithoutLeader);
        phase(FENCED, this::isFencingConfirmed);
        phases.put(PROMOTED, millis(successor.firstArrivedNanos()));
        return successor;
    }

    private void phase(String name, Predicate<Event> such) {
        OptionalLong at =
                arena.events().first(faultNanos, event -> !event.node().equals(leader.name()) && such.test(event));
        at.ifPresent(nanos -> phases.put(name, millis(nanos)));
    }

    void phase(String name, double millis) {
        phases.put(name, millis);
    }

    private boolean isRingWithoutLeader(Event event) {
        int names = event.text().lastIndexOf(": ");
        return event.kind().equals("MEMBERSHIP")
                && event.text().startsWith("ring ")
                && names > 0
                && !List.of(event.text().substring(names + 2).split(", ", -1)).contains(leader.name());
    }

    boolean isFencingConfirmed(Event event) {
        return event.kind().equals("FENCING")
                && event.text().startsWith("fencing of " + leader.name() + " ")
                && event.text().contains(": CONFIRMED (");
    }

    boolean sawFencing() {
        return arena.events()
                .first(faultNanos, event -> event.kind().equals("FENCING"))
                .isPresent();
    }

    double millis(long nanos) {
        return Math.round((nanos - faultNanos) / 10_000.0) / 100.0;
    }

    void require(boolean so, String otherwise) {
        if (!so) {
            problems.add(otherwise);
        }
    }

    void remark(String text) {
        remarks.add(text);
    }

    /** What the judge says of the whole run. */
    Outcome end(String scenario, int run, int staleAllowed) {
        Verdict verdict = arena.judge().verdict();
        require(
                verdict.overlapNanos() == 0,
                "two leaders acted at once for " + verdict.overlapNanos() / 1_000_000.0 + " ms");
        require(verdict.staleAccepted() == 0, verdict.staleAccepted() + " stale acts were accepted");
        require(
                verdict.staleAttempted() <= staleAllowed,
                verdict.staleAttempted() + " stale acts were attempted, " + staleAllowed + " may be");
        return new Outcome(scenario, run, List.copyOf(problems), phases, verdict, List.copyOf(remarks));
    }
}
