package dev.ha4j.benchmarks.lab;

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

/** A process that is told what to do in lines and says what happens in lines. Ends when its standard input does. */
final class LabProcess implements AutoCloseable {

    private static final String GONE = "gone";
    private static final long END_SECONDS = 3;

    private final Process process;
    private final String name;
    private final LinkedBlockingQueue<String[]> said = new LinkedBlockingQueue<>();
    private long pid;

    private LabProcess(Process process, String name) {
        this.process = process;
        this.name = name;
    }

    /** Starts it; its first line has to be {@code pid} and the number of the process that matters. */
    static LabProcess start(String name, List<String> command, Path log) throws LabFailure, InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            LabProcess started = new LabProcess(process, name);
            Thread listener = new Thread(started::listen, "lines of " + name);
            listener.setDaemon(true);
            listener.start();
            started.pid = Long.parseLong(started.await("pid", words -> true, Duration.ofSeconds(30))[1]);
            return started;
        } catch (IOException e) {
            throw new LabFailure("can't start " + command + ": " + e.getMessage());
        }
    }

    private void listen() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(line -> said.add(line.split(" ")));
        } catch (IOException | UncheckedIOException e) {
            said.add(new String[] {"failed", String.valueOf(e.getMessage())});
        }
        said.add(new String[] {GONE});
    }

    void say(String line) throws LabFailure {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new LabFailure(name + " has ended: " + e.getMessage());
        }
    }

    /** The words of the next line that begins with this one and is wanted; others are passed over. */
    String[] await(String first, Predicate<String[]> wanted, Duration limit) throws LabFailure, InterruptedException {
        long untilNanos = System.nanoTime() + limit.toNanos();
        for (; ; ) {
            String[] words = said.poll(Math.max(0, untilNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (words == null) {
                throw new LabFailure(name + " did not say '" + first + "' within " + limit.toSeconds() + " s");
            }
            if (words[0].equals(first) && wanted.test(words)) {
                return words;
            }
            if (words[0].equals("failed") || words[0].equals(GONE)) {
                throw new LabFailure(name + ": " + String.join(" ", words));
            }
        }
    }

    void signal(String signal) throws LabFailure, InterruptedException {
        Shell.run(List.of("kill", "-" + signal, Long.toString(pid)));
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
