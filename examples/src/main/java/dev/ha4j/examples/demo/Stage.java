package dev.ha4j.examples.demo;

import dev.ha4j.examples.demo.EventLog.Event;
import dev.ha4j.examples.demo.judge.Tenure;
import dev.ha4j.examples.demo.judge.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** One run of a scenario: who leads, what was done to it, and what came of it. For one thread. */
final class Stage {

    private static final Duration SUCCESSOR_LIMIT = Duration.ofMinutes(2);
    private static final Duration NEWS_LIMIT = Duration.ofSeconds(30);

    /** So many acts of the next leader show that it leads, and give a former one time to be caught. */
    private static final int ACTS_OF_SUCCESSOR = 50;

    private static final int MAX_CALM_MILLIS = 500;
    private static final double NANOS_PER_MILLI = 1e6;

    private final TestBed bed;
    private final int number;
    private final Tenure before;
    private final Machine leader;
    private final List<String> notes = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private List<String> lost = List.of();
    private Optional<Tenure> after = Optional.empty();
    private long faultNanos;
    private long promotionFromNanos;

    private Stage(TestBed bed, int number, Tenure before) {
        this.bed = bed;
        this.number = number;
        this.before = before;
        this.leader = bed.machine(before.node());
    }

    /** Brings all machines up, waits for a leader, and then until no particular moment. */
    static Stage set(TestBed bed, int number) {
        bed.heal();
        bed.powerOn();
        bed.awaitSteady();
        Patience.pass(Duration.ofMillis(bed.random().nextInt(MAX_CALM_MILLIS)));
        Tenure before = bed.awaitSteady();
        bed.judge().begin();
        return new Stage(bed, number, before);
    }

    TestBed bed() {
        return bed;
    }

    int number() {
        return number;
    }

    Machine leader() {
        return leader;
    }

    List<Machine> others() {
        return bed.others(leader);
    }

    // ---- what a script does

    /** Does something to the leader. */
    void strike(Runnable fault) {
        strike(List.of(leader), fault);
    }

    void strike(List<Machine> victims, Runnable fault) {
        lost = victims.stream().map(Machine::name).toList();
        faultNanos = System.nanoTime();
        promotionFromNanos = faultNanos;
        fault.run();
    }

    /** The next leader could not lead before now, whatever it did. */
    void countPromotionFromNow() {
        promotionFromNanos = System.nanoTime();
    }

    Tenure awaitSuccessor() {
        Tenure next = Patience.get(
                "the next leader" + bed.seeLogs(),
                SUCCESSOR_LIMIT,
                () -> bed.judge().begunAfter(before.token()));
        Patience.until("acts of the next leader" + bed.seeLogs(), SUCCESSOR_LIMIT, this::successorActs);
        after = Optional.of(next);
        return next;
    }

    private boolean successorActs() {
        return bed.judge()
                .newest()
                .filter(tenure -> tenure.token() > before.token() && tenure.acts() >= ACTS_OF_SUCCESSOR)
                .isPresent();
    }

    boolean hasSuccessor() {
        return bed.judge().begunAfter(before.token()).isPresent();
    }

    /** When the leader acted last, after the fault; the judge has seen no newer token. */
    double lastActMillis() {
        long last = bed.judge().newest().map(Tenure::lastSentNanos).orElse(faultNanos);
        return (last - faultNanos) / NANOS_PER_MILLI;
    }

    void requireFenced(Machine lost) {
        Patience.until(
                "news that " + lost + " was fenced" + bed.seeLogs(),
                NEWS_LIMIT,
                () -> first(this::isFenced).isPresent());
    }

    void require(boolean holds, String otherwise) {
        if (!holds) {
            problems.add(otherwise);
        }
    }

    void note(String text) {
        notes.add(text);
    }

    /** The scenario can't be played to its end. */
    void broken(DemoFailure why) {
        problems.add(String.valueOf(why.getMessage()));
        notes.addAll(bed.explanations());
    }

    // ---- what came of it

    Run judge(long staleAttemptsAllowed) {
        Verdict verdict = bed.judge().verdict();
        require(verdict.overlapNanos() == 0, "two leaders acted at once for " + verdict.overlapNanos() + " ns");
        require(verdict.staleAccepted() == 0, verdict.staleAccepted() + " stale acts were accepted");
        require(
                verdict.staleAttempted() <= staleAttemptsAllowed,
                verdict.staleAttempted() + " stale acts were attempted, allowed is " + staleAttemptsAllowed);
        return new Run(
                number,
                leader.name(),
                after.map(tenure -> bed.machine(tenure.node()).name()).orElse("nobody"),
                before.token(),
                after.map(Tenure::token).orElse(0L),
                millis(),
                verdict,
                List.copyOf(notes),
                List.copyOf(problems));
    }

    private Map<Phase, Double> millis() {
        Map<Phase, Double> millis = new EnumMap<>(Phase.class);
        put(millis, Phase.DETECTED, first(this::isDetection));
        put(millis, Phase.RING, first(this::isRingWithoutTheLost));
        put(millis, Phase.FENCED, first(this::isFenced));
        after.ifPresent(tenure -> millis.put(Phase.PROMOTED, since(promotionFromNanos, tenure.firstArrivedNanos())));
        return millis;
    }

    /** What came later belongs to the way back. */
    private void put(Map<Phase, Double> millis, Phase phase, OptionalLong at) {
        boolean waited = promotionFromNanos > faultNanos;
        long end = waited
                ? promotionFromNanos
                : after.map(Tenure::firstArrivedNanos).orElse(Long.MAX_VALUE);
        if (at.isPresent() && at.getAsLong() < end) {
            millis.put(phase, since(faultNanos, at.getAsLong()));
        }
    }

    private static double since(long startNanos, long nanos) {
        return Math.round((nanos - startNanos) / NANOS_PER_MILLI * 10) / 10.0;
    }

    private OptionalLong first(Predicate<Event> such) {
        return bed.events().first(faultNanos, such);
    }

    private boolean isDetection(Event event) {
        return event.kind().equals("MEMBERSHIP")
                && event.text().startsWith("gathering: ")
                && !lost.contains(event.node());
    }

    private boolean isRingWithoutTheLost(Event event) {
        return event.kind().equals("MEMBERSHIP")
                && event.text().startsWith("ring ")
                && !lost.contains(event.node())
                && Collections.disjoint(members(event.text()), lost);
    }

    private static List<String> members(String ring) {
        return List.of(ring.substring(ring.indexOf(": ") + 2).split(", ", -1));
    }

    private boolean isFenced(Event event) {
        return event.kind().equals("FENCING")
                && event.text().startsWith("fencing of " + leader.name() + " ")
                && event.text().contains(": CONFIRMED ");
    }
}
