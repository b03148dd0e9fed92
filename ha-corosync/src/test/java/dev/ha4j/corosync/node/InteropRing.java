package dev.ha4j.corosync.node;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Two corosync daemons and a JVM in network namespaces, and what has to be so there. */
final class InteropRing {

    static final int JVM = 3;
    static final List<Integer> ALL = List.of(1, 2, JVM);

    private static final int UNDER_WAY = 3_000;
    private static final int LOG_LINES = 4;

    private static final Pattern MEMBER_LINE = Pattern.compile("(?m)^ +([0-9]+) +[0-9]+ +\\S+");
    private static final Pattern QUORATE_LINE = Pattern.compile("(?m)^Quorate: +Yes");
    private static final Pattern RING_LINE = Pattern.compile("(?m)^Ring ID: +(\\S+)");

    private final Path folder;
    private final String ring;
    private final TreeMap<Integer, Process> daemons = new TreeMap<>();
    private final TreeMap<Integer, InteropMember> members = new TreeMap<>();
    private int phase;
    private int checked;

    /**
     * Nothing runs yet.
     *
     * @param ring the script that makes namespaces, cuts cables and starts daemons
     */
    InteropRing(Path folder, String ring) {
        this.folder = folder;
        this.ring = ring;
    }

    /** Messages that have been compared. */
    int checked() {
        return checked;
    }

    /** Everybody sends so many, and all deliver them in one order. */
    void everybodySends(int count, int bytes) throws Exception {
        beginSending(count, bytes);
        agree(ALL, ALL, count);
    }

    /** Messages of a new phase; the ring is not waited for. */
    void beginSending(int count, int bytes) {
        phase++;
        ALL.forEach(node -> member(node).order("send " + phase + " " + count + " " + bytes));
    }

    /** The cable of one link, or of all. */
    void network(String... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(ring));
        words.addAll(List.of(command));
        output(words.toArray(String[]::new));
    }

    /** What the daemon's tool calls the ring. */
    String ringId(int daemon) throws IOException, InterruptedException {
        String shown = quorumtool(daemon);
        return RING_LINE
                .matcher(shown)
                .results()
                .map(result -> result.group(1))
                .findFirst()
                .orElse("none: " + shown);
    }

    private String quorumtool(int daemon) throws IOException, InterruptedException {
        return output(ring, "beside", Long.toString(daemons.get(daemon).pid()), "corosync-quorumtool", "-s");
    }

    static List<Integer> without(int victim) {
        return ALL.stream().filter(node -> node != victim).toList();
    }

    void start(int node) throws IOException {
        Path log = log(node);
        if (node == JVM) {
            members.put(node, new InteropMember(node, jvm(), log));
            return;
        }
        Process daemon = new ProcessBuilder(ring, "daemon", Integer.toString(node), folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        daemons.put(node, daemon);
        List<String> client = List.of(
                ring,
                "client",
                Long.toString(daemon.pid()),
                folder.resolve("member").toString());
        members.put(node, new InteropMember(node, client, log));
    }

    private List<String> jvm() {
        return List.of(
                ring,
                "node",
                Integer.toString(JVM),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=info",
                LoadMember.class.getName(),
                folder.resolve("corosync.conf").toString(),
                Integer.toString(JVM),
                folder.resolve("sequences").toString());
    }

    /** Without a good-bye. */
    void kill(int node) throws InterruptedException {
        if (node != JVM) {
            daemons.remove(node).destroyForcibly().waitFor();
        }
        members.remove(node).kill();
    }

    void stop() throws InterruptedException {
        for (int node : List.copyOf(members.keySet())) {
            kill(node);
        }
    }

    /** What was heard of each member last, for the reader of a failure. */
    void tell(PrintStream out) throws IOException {
        for (InteropMember member : members.values()) {
            out.println(member);
        }
        for (int node : ALL) {
            List<String> log = Files.readAllLines(log(node));
            log.subList(Math.max(0, log.size() - LOG_LINES), log.size())
                    .forEach(line -> out.println("log of node " + node + ": " + line));
        }
    }

    private Path log(int node) {
        return folder.resolve("node-" + node + ".log");
    }

    InteropMember member(int node) {
        return members.get(node);
    }

    /** The JVM has no more orders, and leaves. */
    void end(int node) {
        members.remove(node).end();
    }

    // what has to be so

    /** The JVM sees a link to a daemon come or go. */
    void awaitLink(int daemon, int link, boolean connected) throws InterruptedException {
        String wanted = "link " + daemon + " " + link + " " + connected;
        member(JVM).await(wanted::equals, "not: " + wanted);
    }

    /** Everybody who is left sees all of them, in group and ring. */
    void await(List<Integer> nodes) throws Exception {
        awaitMembers(nodes);
        awaitTools(nodes, nodes);
    }

    void awaitMembers(List<Integer> nodes) throws InterruptedException {
        for (int node : nodes) {
            member(node).awaitMembers(nodes.size());
        }
    }

    /** {@code corosync-quorumtool} at the daemons lists these, quorate. */
    void awaitTools(List<Integer> at, List<Integer> nodes) throws Exception {
        for (int node : at) {
            long end = System.nanoTime() + InteropMember.PATIENCE.toNanos();
            String shown = "";
            while (node != JVM && !lists(shown, nodes)) {
                require(System.nanoTime() < end, "node " + node + " should list " + nodes + ":\n" + shown);
                shown = quorumtool(node);
            }
        }
    }

    private static boolean lists(String shown, List<Integer> nodes) {
        List<Integer> listed = MEMBER_LINE
                .matcher(shown)
                .results()
                .map(result -> Integer.parseInt(result.group(1)))
                .toList();
        return listed.equals(nodes) && QUORATE_LINE.matcher(shown).find();
    }

    void awaitUnderWay(int node) throws InterruptedException {
        long end = System.nanoTime() + InteropMember.PATIENCE.toNanos();
        while (Long.parseLong(member(node).report(phase).split(" ", -1)[0]) < UNDER_WAY) {
            require(System.nanoTime() < end, "nothing is under way at node " + node);
        }
    }

    /** All these deliver the same order, with all of these senders' messages and no gap. */
    void agree(List<Integer> nodes, List<Integer> senders, int count) throws InterruptedException {
        long end = System.nanoTime() + InteropMember.PATIENCE.toNanos();
        TreeSet<String> reports = new TreeSet<>();
        while (reports.size() != 1 || !isComplete(reports.first(), senders, count)) {
            require(System.nanoTime() < end, "phase " + phase + ": nodes " + nodes + " reported " + reports);
            reports.clear();
            for (int node : nodes) {
                reports.add(member(node).report(phase));
            }
        }
        checked += Integer.parseInt(reports.first().substring(0, reports.first().indexOf(' ')));
    }

    private static boolean isComplete(String report, List<Integer> senders, int count) {
        List<String> words = List.of(report.split(" ", -1));
        return senders.stream().allMatch(sender -> words.contains("/" + sender + ":" + count + ":0"));
    }

    static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }

    // commands

    static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
