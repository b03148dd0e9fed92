package dev.ha4j.controller.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.state.OperationKey;
import dev.ha4j.api.state.ReturnCode;
import dev.ha4j.api.state.StateVersion;
import dev.ha4j.resources.Action;
import dev.ha4j.resources.Placement;
import dev.ha4j.resources.PlannedAction;
import dev.ha4j.resources.Transition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TransitionEngineTest {

    private static final int SEEDS = 300;
    private static final int SOONER_THAN_ANY_SQUARE = 100_000;

    private static Action operation(int number) {
        return new Action.Operate(
                NodeId.of(1),
                "r" + number,
                OperationName.START,
                0,
                Duration.ofSeconds(1),
                ReturnCode.OK,
                false,
                "test");
    }

    private static OperationKey key(int number) {
        return new OperationKey(NodeId.of(1), "r" + number, OperationName.START, 0);
    }

    private static Transition transition(List<PlannedAction> actions) {
        return new Transition(StateVersion.NONE, actions, Optional.empty(), List.of(), Placement.NONE);
    }

    private static Transition random(Random random) {
        List<PlannedAction> actions = new ArrayList<>();
        int count = 1 + random.nextInt(20);
        for (int id = 0; id < count; id++) {
            TreeSet<Integer> after = new TreeSet<>();
            for (int before = 0; before < id; before++) {
                if (random.nextInt(6) == 0) {
                    after.add(before);
                }
            }
            Action action = random.nextInt(5) == 0 ? new Action.Pseudo("p" + id) : operation(id);
            actions.add(new PlannedAction(id, action, after, random.nextInt(3)));
        }
        return transition(actions);
    }

    /** S1, S5: nothing begins before what it waits for, nothing twice, never more at a time than may, and the urgent first. */
    @Test
    void whatIsReadyBeginsMostUrgentFirstWithinTheLimit() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            Transition transition = random(random);
            int limit = random.nextInt(4);
            TransitionEngine engine = new TransitionEngine(transition, limit);
            Set<Integer> done = new TreeSet<>();
            List<PlannedAction> underWay = new ArrayList<>();
            while (!engine.isComplete()) {
                List<PlannedAction> expected = ready(transition, done, underWay).stream()
                        .limit(limit == 0 ? Long.MAX_VALUE : limit - underWay.size())
                        .toList();
                assertThat(engine.begin()).as("seed %d", seed).isEqualTo(expected);
                assertThat(engine.begin()).isEmpty();
                underWay.addAll(expected);
                PlannedAction next = underWay.remove(random.nextInt(underWay.size()));
                assertThat(engine.operationUnderWay(key(next.id()))).contains(next);
                engine.done(next);
                engine.done(next);
                assertThat(engine.operationUnderWay(key(next.id()))).isEmpty();
                done.add(next.id());
            }
            assertThat(ready(transition, done, List.of())).isEmpty();
        }
    }

    private static List<PlannedAction> ready(Transition transition, Set<Integer> done, List<PlannedAction> underWay) {
        boolean passed = true;
        while (passed) {
            passed = false;
            for (PlannedAction action : transition.actions()) {
                if (action.action() instanceof Action.Pseudo && done.containsAll(action.after())) {
                    passed |= done.add(action.id());
                }
            }
        }
        return transition.actions().stream()
                .filter(action -> !done.contains(action.id()) && !underWay.contains(action))
                .filter(action -> done.containsAll(action.after()))
                .sorted(Comparator.comparingInt(PlannedAction::priority)
                        .reversed()
                        .thenComparingInt(PlannedAction::id))
                .toList();
    }

    @Test
    void manyActionsAreWalkedThroughOneAfterTheOther() {
        List<PlannedAction> actions = new ArrayList<>();
        for (int id = 0; id < SOONER_THAN_ANY_SQUARE; id++) {
            TreeSet<Integer> after = new TreeSet<>();
            if (id % 2 == 1) {
                after.add(id - 1);
            }
            actions.add(new PlannedAction(id, operation(id), after, 0));
        }
        TransitionEngine engine = new TransitionEngine(transition(actions), 0);
        int ended = 0;
        List<PlannedAction> begun = engine.begin();
        while (!begun.isEmpty()) {
            List<PlannedAction> next = new ArrayList<>();
            for (PlannedAction action : begun) {
                engine.done(engine.operationUnderWay(key(action.id())).orElseThrow());
                next.addAll(engine.begin());
                ended++;
            }
            begun = next;
        }
        assertThat(ended).isEqualTo(SOONER_THAN_ANY_SQUARE);
        assertThat(engine.isComplete()).isTrue();
    }
}
