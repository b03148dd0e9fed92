package dev.ha4j.quorum;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Corosync's simulator of votequorum as a child process: it forks a process for each node, with the real code in it. Left alone
 * these take part in a ring when they come to it, and what a node has heard before it is done is a matter of luck. So all are
 * frozen while a command is given, and each has its turn ({@link VotequorumCluster.Order#IN_TURN}).
 */
final class Vqsim implements AutoCloseable {

    /** Of last_man_standing: longer than all turns take. */
    static final Duration WINDOW = Duration.ofSeconds(1);

    private static final Pattern STATUS = Pattern.compile("(\\d+):(\\d+): q=(\\d) ring=\\[([^]]*)] nodes=\\[([^]]*)]");
    private static final int PARTITION = 1;
    private static final int RING = 4;
    private static final int MAX_LOOKS = 100;
    private static final int SAME_LOOKS = 3;
    private static final long ANSWER_MILLIS = 5_000;
    private static final long LOOK_MILLIS = 10;

    private final Process process;
    private final BufferedWriter commands;
    private final BlockingQueue<Character> output = new LinkedBlockingQueue<>();
    private final Freezer freezer = new Freezer();
    private final SortedMap<Integer, Long> nodes = new TreeMap<>();

    /** Its command line takes no path longer than seven characters, so the configuration has to be {@code c} in the folder. */
    Vqsim(Path folder, int count) throws IOException {
        process = new ProcessBuilder("corosync-vqsim", "-c", "c")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        commands = process.outputWriter(StandardCharsets.UTF_8);
        Thread reader = new Thread(() -> read(process.getInputStream()), "vqsim output");
        reader.setDaemon(true);
        reader.start();
        untilPrompt();
        send("timeout 20");
        atRest();
        List<Long> children = children();
        if (children.size() != count) {
            throw new IOException("vqsim has " + children.size() + " nodes, not " + count);
        }
        for (int node = 1; node <= count; node++) {
            nodes.put(node, children.get(node - 1));
        }
    }

    /** In the order in which they were forked. */
    private List<Long> children() {
        return process.children().map(ProcessHandle::pid).sorted().toList();
    }

    /** Carries out a command, which may start or end a node (0 for none), and gives who is quorate. */
    SortedMap<Integer, Boolean> command(String line, int node) throws IOException {
        freezer.freeze(nodes.values());
        Map<Integer, String> rings = places(RING);
        Map<Integer, String> partitions = places(PARTITION);
        send(line);
        if (line.startsWith("up")) {
            started(node, rings);
        } else if (line.startsWith("down")) {
            ended(node);
        }
        String place = node == 0 ? "" : line.startsWith("up") ? placeOf(line) : String.valueOf(partitions.get(node));
        for (Map.Entry<Integer, Long> each : nodes.entrySet()) {
            boolean isConcerned = node == 0 || place.equals(partitions.get(each.getKey()));
            if (each.getKey() != node && isConcerned) {
                turn(each.getKey(), each.getValue(), rings);
            }
        }
        freezer.thaw(nodes.values());
        return quorate(atRest());
    }

    /** From {@code up PLACE:NODE}. */
    private static String placeOf(String line) {
        return line.substring(line.indexOf(' ') + 1, line.indexOf(':'));
    }

    /** Who starts is not stopped, and so has its turn before all others. */
    private void started(int node, Map<Integer, String> before) throws IOException {
        List<Long> children = new ArrayList<>(children());
        children.removeAll(nodes.values());
        if (children.size() != 1) {
            throw new IOException("vqsim has started " + children + ", not node " + node);
        }
        nodes.put(node, children.get(0));
        turn(node, children.get(0), before);
    }

    private void ended(int node) throws IOException {
        Long pid = nodes.remove(node);
        freezer.thaw(List.of(pid));
        for (int look = 0; look < MAX_LOOKS && children().contains(pid); look++) {
            pause();
        }
        pause();
    }

    /** Lets a node read what it was sent, until it is in another ring; rarely that has the number of the one before. */
    private void turn(int node, long pid, Map<Integer, String> before) throws IOException {
        freezer.thaw(List.of(pid));
        for (int look = 0; look < SAME_LOOKS || (look < MAX_LOOKS && isSame(node, before)); look++) {
            pause();
        }
        freezer.freeze(List.of(pid));
    }

    private boolean isSame(int node, Map<Integer, String> before) throws IOException {
        return String.valueOf(before.get(node))
                .equals(String.valueOf(places(RING).get(node)));
    }

    private Map<Integer, String> places(int group) throws IOException {
        Map<Integer, String> places = new TreeMap<>();
        Matcher matcher = STATUS.matcher(send("show"));
        while (matcher.find()) {
            places.put(Integer.parseInt(matcher.group(2)), matcher.group(group));
        }
        return places;
    }

    /** Who is quorate once a window of last_man_standing has elapsed. */
    SortedMap<Integer, Boolean> afterWindow() throws IOException {
        pause(WINDOW.toMillis());
        return quorate(atRest());
    }

    private String atRest() throws IOException {
        String before = "";
        int same = 0;
        for (int look = 0; look < MAX_LOOKS; look++) {
            String now = send("show");
            same = now.equals(before) ? same + 1 : 0;
            if (same == SAME_LOOKS) {
                return now;
            }
            before = now;
            pause(2 * LOOK_MILLIS);
        }
        throw new IOException("vqsim does not come to rest: " + before);
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

    private void pause() throws IOException {
        pause(LOOK_MILLIS);
    }

    /** Its nodes are processes that tell their state when they come to it: gives them the time. */
    private void pause(long millis) throws IOException {
        try {
            process.waitFor(millis, TimeUnit.MILLISECONDS);
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
    public void close() throws IOException {
        freezer.thaw(nodes.values());
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
        freezer.close();
    }
}
