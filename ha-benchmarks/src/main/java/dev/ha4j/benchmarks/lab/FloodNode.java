package dev.ha4j.benchmarks.lab;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.Delivery;
import dev.ha4j.totem.DeliveryGuarantee;
import dev.ha4j.totem.Lane;
import dev.ha4j.totem.RegularConfiguration;
import dev.ha4j.totem.RingListener;
import dev.ha4j.totem.TransitionalConfiguration;
import dev.ha4j.totem.netty.FileRingSequences;
import dev.ha4j.totem.netty.LinkReport;
import dev.ha4j.totem.netty.UdpRing;
import dev.ha4j.totem.netty.UdpRingReport;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sends numbered messages without end and judges what comes: nothing twice, nothing missing of who stays, nothing changed on
 * the way. Arguments: node, nodes, networks, messages per second, folder. Orders: {@code mark N}, {@code links}.
 */
public final class FloodNode implements RingListener {

    private static final Duration TOKEN_TIMEOUT = Duration.ofSeconds(1);
    private static final long HASH_FACTOR = 0x100000001B3L;

    private final int self;
    private final long life = System.nanoTime();
    private final TreeMap<Integer, Heard> heard = new TreeMap<>();
    private SortedSet<NodeId> members = new TreeSet<>();
    private long hash;
    private long inRing;
    private long delivered;
    private long changes;
    private boolean inTransition;

    /** The last of one sender, and of which life. */
    private record Heard(long life, long number) {}

    private FloodNode(int self) {
        this.self = self;
    }

    /** Runs until standard input ends. */
    public static void main(String[] arguments) throws Exception {
        int self = Integer.parseInt(arguments[0]);
        FloodNode node = new FloodNode(self);
        System.out.println("pid " + ProcessHandle.current().pid());
        AtomicBoolean over = new AtomicBoolean();
        try (FileRingSequences sequences =
                        FileRingSequences.open(Path.of(arguments[4]).resolve("ring-" + self));
                UdpRing ring = new UdpRing(
                        LabRing.config(
                                self,
                                Integer.parseInt(arguments[1]),
                                Arrays.asList(arguments[2].split(",")),
                                TOKEN_TIMEOUT),
                        sequences,
                        node)) {
            ring.start();
            Thread flood = new Thread(() -> node.flood(ring, Integer.parseInt(arguments[3]), over), "flood");
            flood.setDaemon(true);
            flood.start();
            obey(ring);
            over.set(true);
        }
        System.exit(0);
    }

    private static void obey(UdpRing ring) throws Exception {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            String[] words = line.split(" ", -1);
            if (words[0].equals("mark")) {
                FloodMessage mark = FloodMessage.mark(Long.parseLong(words[1]));
                ring.send(Lane.BULK, DeliveryGuarantee.AGREED, mark.bytes());
            } else {
                UdpRingReport report = ring.report().toCompletableFuture().get();
                long downs =
                        report.links().stream().mapToLong(LinkReport::downs).sum();
                long up = report.links().stream().filter(LinkReport::up).count();
                System.out.println(
                        "links " + up + " " + downs + " " + report.security().rejectedTotal());
            }
        }
    }

    private void flood(UdpRing ring, int perSecond, AtomicBoolean over) {
        long everyNanos = 1_000_000_000L / perSecond;
        long next = System.nanoTime();
        for (long number = 1; !over.get(); number++) {
            next = Math.max(next + everyNanos, System.nanoTime() - 1_000_000_000L);
            while (System.nanoTime() < next) {
                LockSupport.parkNanos(next - System.nanoTime());
            }
            try {
                ring.send(Lane.BULK, DeliveryGuarantee.AGREED, new FloodMessage(self, life, number).bytes());
            } catch (InterruptedException | IllegalStateException e) {
                return;
            }
        }
    }

    @Override
    public void delivered(Delivery delivery) {
        FloodMessage message = FloodMessage.read(delivery.payload()).orElse(null);
        if (message == null) {
            System.out.println("failed a message of " + delivery.sender() + " is not as it was sent");
            return;
        }
        if (message.sender() == FloodMessage.MARK) {
            System.out.println("mark " + message.number() + " " + delivery.ring() + " " + inRing + " " + hash + " "
                    + delivered + " " + changes);
            return;
        }
        judge(message, heard.get(message.sender()));
        heard.put(message.sender(), new Heard(message.life(), message.number()));
        hash = (hash ^ ((long) message.sender() << 48 | message.number())) * HASH_FACTOR;
        inRing++;
        delivered++;
    }

    private void judge(FloodMessage message, @Nullable Heard before) {
        if (before == null || before.life() != message.life()) {
            return;
        }
        if (message.number() <= before.number()) {
            System.out.println("failed twice: " + message + " after " + before.number());
        } else if (message.number() > before.number() + 1 && !inTransition) {
            System.out.println("failed gap: " + message + " after " + before.number());
        }
    }

    @Override
    public void transitional(TransitionalConfiguration configuration) {
        inTransition = true;
        System.out.println(
                "leaves " + configuration.oldRing() + " " + configuration.newRing() + " " + inRing + " " + hash);
    }

    @Override
    public void regular(RegularConfiguration configuration) {
        System.out.println(
                "ring " + configuration.members().size() + " " + System.nanoTime() + " " + configuration.ring());
        changes++;
        // who was away may have sent to others meanwhile: what is missing of him is no gap
        members.stream().filter(node -> !configuration.members().contains(node)).forEach(this::forget);
        configuration.joined().forEach(this::forget);
        members = configuration.members();
        inTransition = false;
        hash = 0;
        inRing = 0;
    }

    private void forget(NodeId node) {
        if (node.value() != self) {
            heard.remove(node.value());
        }
    }

    @Override
    public void indeterminate(long submissionId) {
        heard.remove(self); // a message of ours is lost with the ring: the next is not the one after the last
    }

    @Override
    public void failed(String reason) {
        System.out.println("failed " + reason);
    }
}
