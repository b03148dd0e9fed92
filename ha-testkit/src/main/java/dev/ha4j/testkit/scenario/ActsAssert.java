package dev.ha4j.testkit.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What has to hold of acts. Each method throws an {@link AssertionError} if it doesn't; what was never done proves nothing. */
public final class ActsAssert {

    private final Acts acts;

    ActsAssert(Acts acts) {
        this.acts = acts;
    }

    /** There is at least one act. */
    public ActsAssert areNotEmpty() {
        require(!acts.all().isEmpty(), acts.resource() + " has never acted: nothing can be said of its acts");
        return this;
    }

    /** Once another process or term has acted, the one before never does again: no two ever act in turns. */
    public ActsAssert neverOverlap() {
        areNotEmpty();
        List<Act> over = new ArrayList<>();
        Act last = null;
        for (Act act : acts.accepted()) {
            if (last != null && !act.isOfOneTenureWith(last)) {
                over.add(last);
            }
            Act successor = last;
            require(
                    over.stream().noneMatch(act::isOfOneTenureWith),
                    () -> acts.resource() + ": " + act + " though it had been replaced (" + successor + ")");
            last = act;
        }
        return this;
    }

    /** No accepted act has an older token than one before, and no token is used by two processes. */
    public ActsAssert haveRisingTokens() {
        areNotEmpty();
        Act last = null;
        for (Act act : acts.accepted()) {
            Act before = last;
            boolean rising = before == null || act.token() > before.token() || act.isOfOneTenureWith(before);
            require(rising, () -> acts.resource() + ": " + act + ", after " + before);
            last = act;
        }
        return this;
    }

    /** The storage refused none: nobody has even tried to act with an old token. */
    public ActsAssert wereNeverRefused() {
        require(acts.refused().isEmpty(), () -> acts.resource() + ": " + acts.refused());
        return this;
    }

    /** Between two accepted acts there is never more time than this. */
    public ActsAssert neverPauseLongerThan(Duration limit) {
        areNotEmpty();
        Act last = null;
        for (Act act : acts.accepted()) {
            Act before = last;
            boolean soon = before == null || act.at().minus(before.at()).compareTo(limit) <= 0;
            require(soon, () -> acts.resource() + " pauses for longer than " + limit + ": " + before + ", then " + act);
            last = act;
        }
        return this;
    }

    private static void require(boolean condition, String otherwise) {
        require(condition, () -> otherwise);
    }

    private static void require(boolean condition, Supplier<String> otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise.get());
        }
    }
}
