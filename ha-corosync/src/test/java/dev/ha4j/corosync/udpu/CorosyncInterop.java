package dev.ha4j.corosync.udpu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Two corosync daemons and one JVM in a ring: the same order at all three, through kills, restarts, partitions and merges. See {@code
 * .ci/corosync-interop}, which prepares what this needs.
 */
final class CorosyncInterop {

    private static final int JVM = 3;
    private static final List<Integer> ALL = List.of(1, 2, JVM);

    private static final int SMALL_BYTES = 100;
    private static final int LARGE_BYTES = 5_000;
    private static final int HUGE_BYTES = 900_000;
    private static final int UNDER_WAY = 3_000;
    private static final int DURING_FAULT = 15_000;
    private static final int DURING_MERGE = 50_000;
    private static final int AFTER_FAULT = 500;
    private static final int HUGE = 3;
    private static final int LOSSES = 5;

    private static final Pattern MEMBER_LINE = Pattern.compile("(?m)^ +([0-9]+) +[0-9]+ +\\S+");
    private static final Pattern QUORATE_LINE = Pattern.compile("(?m)^Quorate: +Yes");

    private final Path folder;
    private final String ring;
    private final TreeMap<Integer, Process> daemons = new TreeMap<>();
    private final TreeMap<Integer, InteropMember> members = new TreeMap<>();
    private int phase;
    private int checked;

    private CorosyncInterop(Path folder, String ring) {
        this.folder = folder;
        this.ring = ring;
    }

    public static void main(String[] arguments) throws Exception {
        CorosyncInterop check = new CorosyncInterop(Path.of(arguments[0]), arguments[1]);
        try {
            check.run(Integer.parseInt(arguments[2]));
        } finally {
            check.stop();
        }
    }

    private void run(int messages) throws Exception {
        long begun = System.nanoTime();
        for (int node : ALL) {
            start(node);
        }
        await(ALL);
        double perSecond = flood(messages);
        everybodySends(HUGE, HUGE_BYTES);
        for (int victim : ALL) {
            killAndRestart(victim);
        }
        for (int victim : List.of(JVM, 1)) {
            cutOffAndMerge(victim);
        }
        mergeUnderLoad(1);
        mergeUnderLoad(2);
        freezeAndGoOn(JVM);
        losePackets(JVM);
        leaveCleanly(JVM);
        System.out.printf(
                "%d of %d messages in one order at two daemons and a JVM, %.0f/s; 3 kills, 4 partitions, a freeze and lost packets, in %d s%n",
                checked, checked, perSecond, (System.nanoTime() - begun) / 1_000_000_000);
    }

    private double flood(int messages) throws Exception {
        int each = (messages + ALL.size() - 1) / ALL.size();
        long begun = System.nanoTime();
        everybodySends(each, SMALL_BYTES);
        double perSecond = each * (double) ALL.size() / (System.nanoTime() - begun) * 1_000_000_000;
        System.out.printf("%d messages in one order, %.0f/s%n", each * ALL.size(), perSecond);
        return perSecond;
    }

    private void everybodySends(int count, int bytes) throws Exception {
        phase++;
        send(ALL, count, bytes);
        agree(ALL, ALL, count);
    }

    private void killAndRestart(int victim) throws Exception {
        List<Integer> survivors = without(victim);
        phase++;
        send(ALL, DURING_FAULT, SMALL_BYTES);
        awaitUnderWay(victim);
        kill(victim);
        await(survivors);
        agree(survivors, survivors, DURING_FAULT);
        start(victim);
        await(ALL);
        everybodySends(AFTER_FAULT, LARGE_BYTES);
        System.out.printf("node %d killed and back%n", victim);
    }

    private void cutOffAndMerge(int victim) throws Exception {
        List<Integer> others = without(victim);
        phase++;
        send(ALL, DURING_FAULT, SMALL_BYTES);
        awaitUnderWay(victim);
        run(ring, "cut", Integer.toString(victim));
        awaitMembers(others);
        awaitMembers(List.of(victim));
        agree(others, others, DURING_FAULT);
        agree(List.of(victim), List.of(victim), DURING_FAULT);
        awaitTools(others, others);
        run(ring, "heal", Integer.toString(victim));
        await(ALL);
        everybodySends(AFTER_FAULT, LARGE_BYTES);
        System.out.printf("node %d cut off and merged%n", victim);
    }

    /**
     * Messages are under way, and begun, on both sides while the rings merge. The one that was alone does not see all of them; those who
     * stay together see the same.
     */
    private void mergeUnderLoad(int victim) throws Exception {
        List<Integer> others = without(victim);
        phase++;
        send(ALL, DURING_MERGE, SMALL_BYTES);
        awaitUnderWay(victim);
        run(ring, "cut", Integer.toString(victim));
        awaitMembers(others);
        run(ring, "heal", Integer.toString(victim));
        await(ALL);
        agree(others, others, DURING_MERGE);
        everybodySends(AFTER_FAULT, LARGE_BYTES);
        System.out.printf("node %d merged under load%n", victim);
    }

    /** A process that stands still and wakes up in a past that is over. */
    private void freezeAndGoOn(int victim) throws Exception {
        List<Integer> survivors = without(victim);
        phase++;
        send(ALL, DURING_FAULT, SMALL_BYTES);
        awaitUnderWay(victim);
        run("kill", "-STOP", Long.toString(member(victim).pid()));
        await(survivors);
        agree(survivors, survivors, DURING_FAULT);
        run("kill", "-CONT", Long.toString(member(victim).pid()));
        await(ALL);
        everybodySends(AFTER_FAULT, LARGE_BYTES);
        System.out.printf("node %d frozen and back%n", victim);
    }

    /** So short that the token finds its way again. */
    private void losePackets(int victim) throws Exception {
        phase++;
        send(ALL, DURING_FAULT, SMALL_BYTES);
        for (int times = 0; times < LOSSES; times++) {
            run(ring, "cut", Integer.toString(victim));
            run(ring, "heal", Integer.toString(victim));
        }
        agree(ALL, ALL, DURING_FAULT);
        System.out.printf("packets of node %d lost, and sent again%n", victim);
    }

    /** Nobody waits for a node that said good-bye. */
    private void leaveCleanly(int victim) throws Exception {
        List<Integer> others = without(victim);
        long begun = System.nanoTime();
        members.remove(victim).end();
        await(others);
        System.out.printf("node %d left in %d ms%n", victim, (System.nanoTime() - begun) / 1_000_000);
    }

    private static List<Integer> without(int victim) {
        return ALL.stream().filter(node -> node != victim).toList();
    }

    // members

    private void start(int node) throws IOException {
        Path log = folder.resolve("node-" + node + ".log");
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

    private void kill(int node) throws InterruptedException {
        if (node != JVM) {
            daemons.remove(node).destroyForcibly().waitFor();
        }
        members.remove(node).kill();
    }

    private void stop() throws InterruptedException {
        for (int node : List.copyOf(members.keySet())) {
            kill(node);
        }
    }

    private void send(List<Integer> senders, int count, int bytes) {
        senders.forEach(node -> member(node).order("send " + phase + " " + count + " " + bytes));
    }

    private InteropMember member(int node) {
        return members.get(node);
    }

    // what has to be so

    /** Everybody who is left sees all of them, in group and ring. */
    private void await(List<Integer> nodes) throws Exception {
        awaitMembers(nodes);
        awaitTools(nodes, nodes);
    }

    private void awaitMembers(List<Integer> nodes) throws InterruptedException {
        for (int node : nodes) {
            member(node).awaitMembers(nodes.size());
        }
    }

    /** {@code corosync-quorumtool} at the daemons lists these, quorate. */
    private void awaitTools(List<Integer> at, List<Integer> nodes) throws Exception {
        for (int node : at) {
            long end = System.nanoTime() + InteropMember.PATIENCE.toNanos();
            String shown = "";
            while (node != JVM && !lists(shown, nodes)) {
                require(System.nanoTime() < end, "node " + node + " should list " + nodes + ":\n" + shown);
                shown = output(ring, "beside", Long.toString(daemons.get(node).pid()), "corosync-quorumtool", "-s");
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

    private void awaitUnderWay(int node) throws InterruptedException {
        long end = System.nanoTime() + InteropMember.PATIENCE.toNanos();
        while (Long.parseLong(member(node).report(phase).split(" ", -1)[0]) < UNDER_WAY) {
            require(System.nanoTime() < end, "nothing is under way at node " + node);
        }
    }

    /** All these deliver the same order, with all of these senders' messages and no gap. */
    private void agree(List<Integer> nodes, List<Integer> senders, int count) throws InterruptedException {
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

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }

    // commands

    private static void run(String... command) throws IOException, InterruptedException {
        output(command);
    }

    private static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
