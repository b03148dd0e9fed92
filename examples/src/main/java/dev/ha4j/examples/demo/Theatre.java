package dev.ha4j.examples.demo;

import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Plays scenarios, one after the other, and leaves nothing behind. */
final class Theatre {

    private final Path logs;
    private final SplittableRandom random;
    private final Console console;
    private final Optional<Path> arbiterProgram;
    private final AtomicReference<@Nullable TestBed> open = new AtomicReference<>();

    Theatre(Path logs, SplittableRandom random, Console console, Optional<Path> arbiterProgram) {
        this.arbiterProgram = arbiterProgram;
        this.logs = logs;
        this.random = random;
        this.console = console;
    }

    /** Also when this process is told to end: no child survives. */
    void cleanUp() {
        TestBed bed = open.getAndSet(null);
        if (bed != null) {
            bed.close();
        }
    }

    TestBed open(TestBed.Kind kind, String name) {
        TestBed bed = new TestBed(kind, logs.resolve(name), random.split(), arbiterProgram);
        open.set(bed);
        return bed;
    }

    void play(Scenario scenario, int runs, Consumer<Run> done) {
        console.title(scenario);
        console.progress(scenario + ": JVMs start");
        TestBed bed = open(scenario.bed(), scenario.toString());
        try {
            for (int number = 1; number <= runs; number++) {
                console.progress("%s %d/%d: waiting for a steady cluster".formatted(scenario, number, runs));
                Run run = play(scenario, bed, number, runs);
                done.accept(run);
                console.run(run);
                if (!run.inOrder()) {
                    break;
                }
            }
        } finally {
            cleanUp();
        }
    }

    private Run play(Scenario scenario, TestBed bed, int number, int runs) {
        Stage stage = Stage.set(bed, number);
        console.progress("%s %d/%d: %s leads; %s".formatted(scenario, number, runs, stage.leader(), scenario.title()));
        try {
            scenario.play(stage);
        } catch (DemoFailure e) {
            stage.broken(e);
        }
        return stage.judge(scenario.staleAttemptsAllowed());
    }
}
