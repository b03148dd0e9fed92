package dev.ha4j.corosync.node;

import static dev.ha4j.corosync.node.InteropRing.ALL;
import static dev.ha4j.corosync.node.InteropRing.JVM;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Two corosync daemons and one JVM in a ring: the same order at all three, through kills, restarts, partitions and merges. See {@code
 * .ci/corosync-interop}, which prepares what this needs.
 */
final class CorosyncInterop {

    private static final int SMALL_BYTES = 100;
    private static final int LARGE_BYTES = 5_000;
    private static final int HUGE_BYTES = 900_000;
    private static final int DURING_FAULT = 15_000;
    private static final int DURING_MERGE = 50_000;
    private static final int AFTER_FAULT = 500;
    private static final int HUGE = 3;
    private static final int LOSSES = 5;
    private static final long LINK_AGE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final InteropRing ring;

    private CorosyncInterop(InteropRing ring) {
        this.ring = ring;
    }

    public static void main(String[] arguments) throws Exception {
        InteropRing ring = new InteropRing(Path.of(arguments[0]), arguments[1]);
        CorosyncInterop check = new CorosyncInterop(ring);
        int messages = Integer.parseInt(arguments[3]);
        try {
            if (arguments[2].equals("knet")) {
                check.knet(messages);
            } else {
                check.udpu(messages);
            }
        } catch (AssertionError wrong) {
            ring.tell(System.out);
            throw wrong;
        } finally {
            ring.stop();
        }
    }

    private void udpu(int messages) throws Exception {
        long begun = System.nanoTime();
        double perSecond = formAndFlood(messages);
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
                "udpu: %d messages in one order at two daemons and a JVM, %.0f/s; 3 kills, 4 partitions, a freeze and lost packets, in %d s%n",
                ring.checked(), perSecond, secondsSince(begun));
    }

    private void knet(int messages) throws Exception {
        long begun = System.nanoTime();
        double perSecond = formAndFlood(messages);
        sendUntilLinksAreOld();
        pullLink(JVM, 0);
        for (int victim : ALL) {
            killAndRestart(victim);
        }
        cutOffAndMerge(JVM);
        mergeUnderLoad(1);
        leaveCleanly(JVM);
        System.out.printf(
                "knet, encrypted: %d messages in one order at two daemons and a JVM, %.0f/s; a link pulled, 3 kills, 2 partitions, in %d s%n",
                ring.checked(), perSecond, secondsSince(begun));
    }

    private double formAndFlood(int messages) throws Exception {
        for (int node : ALL) {
            ring.start(node);
        }
        ring.await(ALL);
        double perSecond = flood(messages);
        ring.everybodySends(HUGE, HUGE_BYTES);
        return perSecond;
    }

    private static long secondsSince(long begun) {
        return (System.nanoTime() - begun) / 1_000_000_000;
    }

    private double flood(int messages) throws Exception {
        int each = (messages + ALL.size() - 1) / ALL.size();
        long begun = System.nanoTime();
        ring.everybodySends(each, SMALL_BYTES);
        double perSecond = each * (double) ALL.size() / (System.nanoTime() - begun) * 1_000_000_000;
        System.out.printf("%d messages in one order, %.0f/s%n", each * ALL.size(), perSecond);
        return perSecond;
    }

    /** Daemons are slow to give up a link that came into use lately: ten times the ping timeout, and less with each second. */
    private void sendUntilLinksAreOld() throws Exception {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < LINK_AGE_NANOS) {
            ring.everybodySends(AFTER_FAULT, LARGE_BYTES);
        }
    }

    /** The link in use is gone under load: nobody leaves, nothing is lost. */
    private void pullLink(int node, int link) throws Exception {
        String before = ring.ringId(1);
        String[] words = {Integer.toString(node), Integer.toString(link)};
        int other = node == JVM ? 1 : node;
        ring.beginSending(DURING_FAULT, SMALL_BYTES);
        ring.awaitUnderWay(node);
        ring.network("pull", words[0], words[1]);
        ring.awaitLink(other, link, false);
        ring.agree(ALL, ALL, DURING_FAULT);
        ring.network("plug", words[0], words[1]);
        ring.awaitLink(other, link, true);
        ring.everybodySends(AFTER_FAULT, LARGE_BYTES);
        String after = ring.ringId(1);
        InteropRing.require(before.equals(after), "ring " + before + " became " + after + " when a link was pulled");
        System.out.printf("link %d of node %d pulled and back, still ring %s%n", link, node, after);
    }

    private void killAndRestart(int victim) throws Exception {
        List<Integer> survivors = InteropRing.without(victim);
        ring.beginSending(DURING_FAULT, SMALL_BYTES);
        ring.awaitUnderWay(victim);
        ring.kill(victim);
        ring.await(survivors);
        ring.agree(survivors, survivors, DURING_FAULT);
        ring.start(victim);
        ring.await(ALL);
        ring.everybodySends(AFTER_FAULT, LARGE_BYTES);
        System.out.printf("node %d killed and back%n", victim);
    }

    private void cutOffAndMerge(int victim) throws Exception {
        List<Integer> others = InteropRing.without(victim);
        ring.beginSending(DURING_FAULT, SMALL_BYTES);
        ring.awaitUnderWay(victim);
        ring.network("cut", Integer.toString(victim));
        ring.awaitMembers(others);
        ring.awaitMembers(List.of(victim));
        ring.agree(others, others, DURING_FAULT);
        ring.agree(List.of(victim), List.of(victim), DURING_FAULT);
        ring.awaitTools(others, others);
        ring.network("heal", Integer.toString(victim));
        ring.await(ALL);
        ring.everybodySends(AFTER_FAULT, LARGE_BYTES);
        System.out.printf("node %d cut off and merged%n", victim);
    }

    /**
     * Messages are under way, and begun, on both sides while the rings merge. The one that was alone does not see all of them; those who
     * stay together see the same.
     */
    private void mergeUnderLoad(int victim) throws Exception {
        List<Integer> others = InteropRing.without(victim);
        ring.beginSending(DURING_MERGE, SMALL_BYTES);
        ring.awaitUnderWay(victim);
        ring.network("cut", Integer.toString(victim));
        ring.awaitMembers(others);
        ring.network("heal", Integer.toString(victim));
        ring.await(ALL);
        ring.agree(others, others, DURING_MERGE);
        ring.everybodySends(AFTER_FAULT, LARGE_BYTES);
        System.out.printf("node %d merged under load%n", victim);
    }

    /** A process that stands still and wakes up in a past that is over. */
    private void freezeAndGoOn(int victim) throws Exception {
        List<Integer> survivors = InteropRing.without(victim);
        ring.beginSending(DURING_FAULT, SMALL_BYTES);
        ring.awaitUnderWay(victim);
        InteropRing.output("kill", "-STOP", Long.toString(ring.member(victim).pid()));
        ring.await(survivors);
        ring.agree(survivors, survivors, DURING_FAULT);
        InteropRing.output("kill", "-CONT", Long.toString(ring.member(victim).pid()));
        ring.await(ALL);
        ring.everybodySends(AFTER_FAULT, LARGE_BYTES);
        System.out.printf("node %d frozen and back%n", victim);
    }

    /** So short that the token finds its way again. */
    private void losePackets(int victim) throws Exception {
        ring.beginSending(DURING_FAULT, SMALL_BYTES);
        for (int times = 0; times < LOSSES; times++) {
            ring.network("cut", Integer.toString(victim));
            ring.network("heal", Integer.toString(victim));
        }
        ring.agree(ALL, ALL, DURING_FAULT);
        System.out.printf("packets of node %d lost, and sent again%n", victim);
    }

    /** Nobody waits for a node that said good-bye. */
    private void leaveCleanly(int victim) throws Exception {
        List<Integer> others = InteropRing.without(victim);
        long begun = System.nanoTime();
        ring.end(victim);
        ring.await(others);
        System.out.printf("node %d left in %d ms%n", victim, (System.nanoTime() - begun) / 1_000_000);
    }
}
