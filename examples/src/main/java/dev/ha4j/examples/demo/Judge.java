package dev.ha4j.examples.demo;

import dev.ha4j.examples.demo.judge.JudgeMain;
import dev.ha4j.examples.demo.judge.Tenure;
import dev.ha4j.examples.demo.judge.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The way to the judge's process. For one thread. */
final class Judge implements AutoCloseable {

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

    private final Path log;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final Child process;
    private final int port;
    private volatile Optional<Tenure> begun = Optional.empty();

    Judge(Path log) {
        this.log = log;
        this.process = Child.start(JudgeMain.class, List.of(), log, this::heard);
        this.port = Integer.parseInt(await("PORT"));
    }

    private void heard(String line) {
        if (line.startsWith("TENURE ")) {
            begun = Optional.of(Lines.read(line.substring("TENURE ".length()), Tenure.class));
        } else {
            answers.add(line);
        }
    }

    int port() {
        return port;
    }

    /** Counts from now on. */
    void begin() {
        ask("begin", "BEGUN");
    }

    Verdict verdict() {
        return Lines.read(ask("verdict", "VERDICT"), Verdict.class);
    }

    /** The newest token, and what has been done with it so far. */
    Optional<Tenure> newest() {
        String answer = ask("newest", "NEWEST");
        return answer.isEmpty() ? Optional.empty() : Optional.of(Lines.read(answer, Tenure.class));
    }

    /** The first tenure with a newer token that was begun, as soon as it was. */
    Optional<Tenure> begunAfter(long token) {
        return begun.filter(tenure -> tenure.token() > token);
    }

    private String ask(String question, String answer) {
        process.say(question);
        return await(answer);
    }

    private String await(String answer) {
        try {
            String line = answers.poll(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            if (line != null && line.startsWith(answer)) {
                return line.substring(answer.length()).strip();
            }
            throw new DemoFailure("the judge does not answer, but says " + line + "; see " + log);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("interrupted", e);
        }
    }

    @Override
    public void close() {
        process.kill();
    }
}
