package dev.ha4j.benchmarks.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** One node: is told what to do in lines, and says what happens in lines. It ends when its standard input does. */
public final class NodeProcess implements AutoCloseable {

    private static final String FAILED = "failed";
    private static final String GONE = FAILED + " the process has ended";
    private static final long END_SECONDS = 5;

    private final Process process;
    private final Path log;
    private final LinkedBlockingQueue<String> said = new LinkedBlockingQueue<>();

    private NodeProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it.
     *
     * @param log where its standard error goes
     */
    public static NodeProcess start(List<String> command, Path log) throws BenchmarkFailure {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            NodeProcess started = new NodeProcess(process, log);
            Thread listener = new Thread(started::listen, "lines of " + log.getFileName());
            listener.setDaemon(true);
            listener.start();
            return started;
        } catch (IOException e) {
            throw new BenchmarkFailure("can't start " + command + ": " + e.getMessage());
        }
    }

    private void listen() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(said::add);
        } catch (IOException | UncheckedIOException e) {
            said.add(FAILED + " " + e.getMessage());
        }
        said.add(GONE);
    }

    public void say(String line) throws BenchmarkFailure {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new BenchmarkFailure("a process has ended, see " + log);
        }
    }

    /** The words of the next line that begins with this one; others are chatter. */
    public String[] await(String first, Duration limit) throws BenchmarkFailure, InterruptedException {
        return await(first, words -> true, limit);
    }

    /** The words of the next line that begins with this one and is wanted. */
    public String[] await(String first, Predicate<String[]> wanted, Duration limit)
            throws BenchmarkFailure, InterruptedException {
        long untilNanos = System.nanoTime() + limit.toNanos();
        for (; ; ) {
            String line = said.poll(Math.max(0, untilNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new BenchmarkFailure("no '" + first + "' within " + limit.toSeconds() + " s, see " + log);
            }
            String[] words = line.split(" ");
            if (words[0].equals(first) && wanted.test(words)) {
                return words;
            }
            if (words[0].equals(FAILED)) {
                throw new BenchmarkFailure(line + ", see " + log);
            }
        }
    }

    /** Of the process and those that it started. */
    public long cpuNanos() {
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
