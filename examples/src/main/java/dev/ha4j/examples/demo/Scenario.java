package dev.ha4j.examples.demo;

import dev.ha4j.examples.demo.judge.Tenure;
import dev.ha4j.examples.demo.node.NodeStatus;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The faults that the demo shows. Each begins with a steady cluster and says whether all ended as it should. */
enum Scenario {
    /** SIGKILL: the process dies on a machine that goes on. */
    KILL(true, false, 0) {
        @Override
        void play(Trial trial, RandomGenerator random) {
            trial.fault();
            trial.leader().crash();
            trial.awaitSuccessor();
            requireFenced(trial);
        }
    },
    /** The leader's packets are dropped: nothing tells the others but silence. */
    SILENT(true, true, 0) {
        @Override
        void play(Trial trial, RandomGenerator random) {
            trial.fault();
            trial.arena().cutOff(trial.leader());
            trial.awaitSuccessor();
            requireFenced(trial);
        }
    },
    /** SIGSTOP at a random instant, SIGCONT when the next one leads; the storage checks tokens, and nothing is fenced. */
    FREEZE(false, false, 1) {
        @Override
        void play(Trial trial, RandomGenerator random) {
            Patience.pass(Duration.ofMillis(random.nextInt(MAX_DELAY_MILLIS)));
            trial.fault();
            trial.leader().freeze();
            Tenure successor = trial.awaitSuccessor();
            trial.leader().thaw();
            Patience.pass(WAKING);
            trial.remark("woke after "
                    + Math.round((System.nanoTime() - WAKING.toNanos() - trial.faultNanos()) / 1e6) + " ms, node "
                    + successor.node() + " led");
            trial.require(trial.leader().isRunning(), "the frozen process is gone, although nothing fences it");
        }
    },
    /** SIGSTOP, and the BMC kills the frozen process. */
    FREEZE_FENCED(true, false, 0) {
        @Override
        void play(Trial trial, RandomGenerator random) {
            Patience.pass(Duration.ofMillis(random.nextInt(MAX_DELAY_MILLIS)));
            trial.fault();
            trial.leader().freeze();
            trial.awaitSuccessor();
            requireFenced(trial);
            trial.require(!trial.leader().isRunning(), "the frozen process still exists");
        }
    },
    /** The leader dies and its BMC is silent: nobody may be promoted until an operator confirms. */
    BMC_DEAD(true, false, 0) {
        @Override
        void play(Trial trial, RandomGenerator random) {
            Arena arena = trial.arena();
            Machine survivor = arena.others(trial.leader()).get(0);
            arena.bmcOf(trial.leader()).faults().unreachable(true);
            try {
                trial.fault();
                trial.leader().crash();
                Patience.pass(BLOCKED);
                trial.require(
                        arena.judge().begunAfter(trial.token()).isEmpty(),
                        "somebody was promoted without a confirmed fence");
                String why = survivor.status().map(NodeStatus::explanation).orElse("no answer");
                trial.remark("after " + BLOCKED.toSeconds() + " s: " + why);
                trial.require(
                        why.contains("lost") && why.contains(trial.leader().name()),
                        "the status does not say why: " + why);
                trial.fault();
                Optional<String> answer =
                        survivor.confirmDown(trial.leader().name(), "operator", "saw the machine without power");
                trial.remark("confirmed by an operator: " + answer.orElse("no answer"));
                trial.awaitSuccessor();
            } finally {
                arena.bmcOf(trial.leader()).faults().unreachable(false);
            }
        }
    },
    /** Two of three die: the third stops leading within its lease. */
    MAJORITY_LOST(true, false, 0) {
        @Override
        void play(Trial trial, RandomGenerator random) {
            trial.fault();
            trial.arena().others(trial.leader()).forEach(Machine::crash);
            Patience.pass(LEASE.multipliedBy(3).dividedBy(2));
            Optional<Tenure> last = trial.arena().judge().newest();
            Patience.pass(WAKING);
            Optional<Tenure> later = trial.arena().judge().newest();
            trial.require(last.equals(later), "the minority still leads");
            last.ifPresent(tenure -> {
                double stopped = trial.millis(tenure.lastSentNanos());
                trial.phase(Trial.STOPPED, Math.max(0, stopped));
                trial.require(stopped <= LEASE.toMillis(), "the minority led for " + stopped + " ms");
                trial.require(tenure.token() == trial.token(), "a new term was granted without quorum");
            });
        }
    },
    /** A clean leave: handed over without fencing. */
    GRACEFUL(true, false, 0) {
        @Override
        void play(Trial trial, RandomGenerator random) {
            trial.fault();
            trial.require(trial.leader().shutDown(Duration.ofSeconds(60)), "the leader did not leave in time");
            trial.awaitSuccessor();
            trial.require(!trial.sawFencing(), "a node that left cleanly was fenced");
        }
    },
    /** All three lose their power and get it back: tokens go on rising. */
    RESTART_ALL(true, false, 0) {
        @Override
        void play(Trial trial, RandomGenerator random) {
            trial.fault();
            trial.arena().machines().forEach(Machine::powerOff);
            trial.fault();
            Tenure after = trial.arena().awaitSteady();
            Tenure begun = Patience.get(
                    "an act after the restart",
                    Duration.ofSeconds(30),
                    () -> trial.arena().judge().begunAfter(trial.token()));
            trial.phase(Trial.PROMOTED, trial.millis(begun.firstArrivedNanos()));
            trial.require(after.token() > trial.token(), "the token did not rise over the restart");
            trial.remark("token " + trial.token() + " before, " + begun.token() + " after");
        }
    };

    private static final int MAX_DELAY_MILLIS = 300;
    private static final Duration WAKING = Duration.ofMillis(1_500);
    private static final Duration BLOCKED = Duration.ofSeconds(4);
    /** What the lease is with default settings: three token timeouts. */
    private static final Duration LEASE = Duration.ofSeconds(3);

    final boolean fenced;
    final boolean relayed;
    final int staleAllowed;

    Scenario(boolean fenced, boolean relayed, int staleAllowed) {
        this.fenced = fenced;
        this.relayed = relayed;
        this.staleAllowed = staleAllowed;
    }

    abstract void play(Trial trial, RandomGenerator random);

    /** One run, in an arena that earlier runs may have used. */
    Outcome run(Arena arena, int run, RandomGenerator random) {
        Trial trial = new Trial(arena);
        play(trial, random);
        return trial.end(title(), run, staleAllowed);
    }

    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<Scenario> named(String name) {
        if (name.equals("all")) {
            return List.of(values());
        }
        return Arrays.stream(values())
                .filter(scenario -> scenario.title().equals(name))
                .findFirst()
                .map(List::of)
                .orElseThrow(() -> new IllegalArgumentException("there is no scenario " + name
                        + "; there are: all, idle, "
                        + String.join(
                                ", ",
                                Arrays.stream(values()).map(Scenario::title).toList())));
    }

    private static void requireFenced(Trial trial) {
        trial.require(
                trial.arena()
                        .events()
                        .first(trial.faultNanos(), trial::isFencingConfirmed)
                        .isPresent(),
                "nobody confirmed the fence");
    }
}
