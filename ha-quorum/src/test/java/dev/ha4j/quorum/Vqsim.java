package dev.ha4j.quorum;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Corosync's simulator of votequorum as a child process: it forks a process for each node, with the real code in it. */
final class Vqsim implements AutoCloseable {

    private static final Pattern STATUS = Pattern.compile("(\\d+):(\\d+): q=(\\d) ring=\\[[^]]*] nodes=\\[([^]]*)]");
    private static final int MAX_LOOKS = 40;
    private static final long ANSWER_MILLIS = 5_000;

    private final Process process;
    private final BufferedWriter commands;
    private final BlockingQueue<Character> output = new LinkedBlockingQueue<>();

    /** Its command line takes no path longer than seven characters, so the configuration has to be {@code c} in the folder. */
    Vqsim(Path folder) throws IOException {
        process = new ProcessBuilder("corosync-vqsim", "-c", "c")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        commands = process.outputWriter(StandardCharsets.UTF_8);
        Thread reader = new Thread(() -> read(process.getInputStream()), "vqsim output");
        reader.setDaemon(true);
        reader.start();
        untilPrompt();
    }

    /** Carries out a command, and gives who is quorate, once two looks in a row see the same. */
    SortedMap<Integer, Boolean> command(String line) throws IOException {
        send(line);
        String before = "";
        for (int look = 0; look < MAX_LOOKS; look++) {
            String now = send("show");
            if (now.equals(before)) {
                return quorate(now);
            }
            before = now;
            pause();
        }
        throw new IOException("vqsim does not come to rest after " + line + ": " + before);
    }

    /** Who is quorate once a window of last_man_standing, shorter than half a second, has elapsed. */
    SortedMap<Integer, Boolean> afterWindow() throws IOException {
        for (int tenth = 0; tenth < 5; tenth++) {
            pause();
        }
        return command("show");
    }

    private static SortedMap<Integer, Boolean> quorate(String status) {
        SortedMap<Integer, Boolean> nodes = new TreeMap<>();
        Matcher matcher = STATUS.matcher(status);
        while (matcher.find()) {
            nodes.put(Integer.parseInt(matcher.group(2)), matcher.group(3).equals("1"));
        }
        return nodes;
    }

    private String send(String line) throws IOException {
        commands.write(line);
        commands.newLine();
        commands.flush();
        return untilPrompt();
    }

    private String untilPrompt() throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf("vqsim> ") < 0) {
            text.append(next(ANSWER_MILLIS));
        }
        return text.substring(0, text.indexOf("vqsim> ")).replace("#", "").strip();
    }

    private char next(long millis) throws IOException {
        try {
            Character next = output.poll(millis, TimeUnit.MILLISECONDS);
            if (next == null) {
                throw new IOException("vqsim does not answer");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Its nodes are processes that tell their state when they come to it: gives them the time. */
    private void pause() throws IOException {
        try {
            process.waitFor(100, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private void read(InputStream stream) {
        try (Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
            for (int next = reader.read(); next >= 0; next = reader.read()) {
                output.add((char) next);
            }
        } catch (IOException e) {
            // It was closed; whoever still waits for an answer is told that there is none.
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
