package dev.ha4j.benchmarks.ring;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One process of a contender: takes lines, answers in lines. It ends when its standard input does. */
final class Member implements AutoCloseable {

    private static final String GONE = "failed the process has ended";
    private static final long END_SECONDS = 5;

    private final Process process;
    private final Path log;
    private final LinkedBlockingQueue<String> answers = new LinkedBlockingQueue<>();

    private Member(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static Member start(List<String> command, Path log) throws BenchmarkFailure {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            Member member = new Member(process, log);
            Thread listener = new Thread(member::listen, "answers of " + log.getFileName());
            listener.setDaemon(true);
            listener.start();
            return member;
        } catch (IOException e) {
            throw new BenchmarkFailure("can't start " + command + ": " + e.getMessage());
        }
    }

    private void listen() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(answers::add);
        } catch (IOException | UncheckedIOException e) {
            answers.add("failed " + e.getMessage());
        }
        answers.add(GONE);
    }

    void say(String line) throws BenchmarkFailure {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new BenchmarkFailure("a process has ended, see " + log);
        }
    }

    /** The words of the next answer that begins with the given one; other lines are chatter. */
    String[] await(String first, Duration limit) throws BenchmarkFailure, InterruptedException {
        long untilNanos = System.nanoTime() + limit.toNanos();
        for (; ; ) {
            String line = answers.poll(Math.max(0, untilNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new BenchmarkFailure("no '" + first + "' within " + limit.toSeconds() + " s, see " + log);
            }
            String[] words = line.split(" ");
            if (words[0].equals(first)) {
                return words;
            }
            if (words[0].equals("failed")) {
                throw new BenchmarkFailure(line + ", see " + log);
            }
        }
    }

    /** Of the process and those that it started. */
    long cpuNanos() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .flatMap(handle -> handle.info().totalCpuDuration().stream())
                .mapToLong(Duration::toNanos)
                .sum();
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
