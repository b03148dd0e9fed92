package dev.ha4j.corosync.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A process that takes orders and answers in lines, as {@link LoadMember} does. */
final class InteropMember {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final int node;
    private final Process process;
    private final PrintStream orders;
    private final ArrayDeque<String> answers = new ArrayDeque<>();
    private String members = "";
    private String last = "";
    private boolean ended;

    InteropMember(int node, List<String> command, Path log) throws IOException {
        this.node = node;
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
        Thread reader = new Thread(this::read, "member-" + node);
        reader.setDaemon(true);
        reader.start();
    }

    int node() {
        return node;
    }

    long pid() {
        return process.pid();
    }

    void order(String line) {
        orders.println(line);
    }

    /** Waits until the group has so many members here. */
    void awaitMembers(int count) throws InterruptedException {
        String wanted = "members " + count + " ";
        await(() -> members.startsWith(wanted), () -> "not " + wanted + "but " + members);
    }

    /** Waits for an answer, and forgets those before it. */
    String await(Predicate<String> wanted, String what) throws InterruptedException {
        StringBuilder found = new StringBuilder();
        await(
                () -> {
                    while (!answers.isEmpty() && found.isEmpty()) {
                        String next = answers.remove();
                        found.append(wanted.test(next) ? next : "");
                    }
                    return !found.isEmpty();
                },
                () -> what);
        return found.toString();
    }

    String report(int phase) throws InterruptedException {
        order("report " + phase);
        String start = "phase " + phase + " ";
        return await(line -> line.startsWith(start), "no report").substring(start.length());
    }

    /** No more orders. */
    void end() {
        orders.close();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private synchronized void await(BooleanSupplier condition, Supplier<String> otherwise) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            long left = end - System.nanoTime();
            if (ended || left <= 0) {
                throw new AssertionError("node " + node + (ended ? " has ended: " : ": ") + otherwise.get());
            }
            wait(Math.max(1, left / 1_000_000));
        }
    }

    private void read() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                note(line);
            }
        } catch (IOException e) {
            note("unreadable: " + e);
        }
        noteEnd();
    }

    @Override
    public synchronized String toString() {
        return "node " + node + (ended ? " has ended; " : "; ") + members + "; last line: " + last;
    }

    private synchronized void note(String line) {
        last = line;
        if (line.startsWith("members ")) {
            members = line;
        } else {
            answers.add(line);
        }
        notifyAll();
    }

    private synchronized void noteEnd() {
        ended = true;
        notifyAll();
    }
}
