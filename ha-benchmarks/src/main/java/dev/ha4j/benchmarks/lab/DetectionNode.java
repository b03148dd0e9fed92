package dev.ha4j.benchmarks.lab;

import dev.ha4j.totem.Delivery;
import dev.ha4j.totem.RegularConfiguration;
import dev.ha4j.totem.RingListener;
import dev.ha4j.totem.netty.FileRingSequences;
import dev.ha4j.totem.netty.UdpRing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Says of each ring how many members it has, and when it was installed. Arguments: node, nodes, network, token ms, folder. */
public final class DetectionNode implements RingListener {

    private DetectionNode() {}

    /** Runs until standard input ends. */
    public static void main(String[] arguments) throws Exception {
        System.out.println("pid " + ProcessHandle.current().pid());
        Path disk = Path.of(arguments[4]).resolve("ring-" + arguments[0]);
        try (FileRingSequences sequences = FileRingSequences.open(disk);
                UdpRing ring = new UdpRing(
                        LabRing.config(
                                Integer.parseInt(arguments[0]),
                                Integer.parseInt(arguments[1]),
                                List.of(arguments[2]),
                                Duration.ofMillis(Integer.parseInt(arguments[3]))),
                        sequences,
                        new DetectionNode())) {
            ring.start();
            while (System.in.read() >= 0) {
                // until the end
            }
        }
        System.exit(0);
    }

    @Override
    public void regular(RegularConfiguration configuration) {
        System.out.println("ring " + configuration.members().size() + " " + System.nanoTime());
    }

    @Override
    public void delivered(Delivery delivery) {}

    @Override
    public void failed(String reason) {
        System.out.println("failed " + reason);
    }
}
