package dev.ha4j.testkit.ring;

import dev.ha4j.api.NodeId;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.SplittableRandom;

/** Who has no key, hears everything, and can send whatever he likes from wherever he likes. */
final class Outsider {

    private static final int NOISE_AT_ONCE = 10;
    private static final int MOST_NOISE_BYTES = 1_000;

    /** In this offset's byte of a packet is its sequence; forged packets carry later ones. */
    private static final int LAST_COUNTER_BYTE = 25;

    /** An address that no node has. */
    private static final NodeId STRANGER = NodeId.of(999);

    private final RingWorld world;
    private final SplittableRandom random;

    Outsider(RingWorld world) {
        this.world = world;
        this.random = world.streams().stream("outsider");
    }

    /** Something that the host has sent arrives once more. */
    void replay(RingHost sender) {
        any(sender).ifPresent(world::arrive);
    }

    /** Also what it sent to shake hands, and what it sent in the life before. */
    void replayEverything(RingHost sender) {
        world.captures().anyHandshakeOfLifeBefore(sender.id()).ifPresent(world::arrive);
        world.captures().anyOfLifeBefore(sender.id()).ifPresent(world::arrive);
        world.captures().anyHandshakeOf(sender.id()).ifPresent(world::arrive);
        any(sender).ifPresent(world::arrive);
    }

    private Optional<Datagram> any(RingHost sender) {
        return world.captures().anyOf(sender.id());
    }

    /** The header of a packet that is to come, in front of what looks like a cipher text. */
    void forge(RingHost inNameOf) {
        any(inNameOf).ifPresent(seen -> {
            byte[] bytes = seen.bytes().clone();
            for (int i = Datagram.HEADER_BYTES; i < bytes.length; i++) {
                bytes[i] = (byte) random.nextInt();
            }
            bytes[LAST_COUNTER_BYTE] += (byte) random.nextInt(1, 100);
            world.arrive(seen.forged(bytes));
        });
    }

    void otherVersion(RingHost inNameOf) {
        any(inNameOf).ifPresent(seen -> world.arrive(seen.ofVersion(2 + random.nextInt(200))));
    }

    /** Shows to one node what was meant for another. */
    void redirect(RingHost sender, RingHost elsewhere) {
        any(sender)
                .filter(seen -> !seen.sender().equals(elsewhere.id()))
                .ifPresent(seen -> world.arrive(
                        seen.redirected(elsewhere.id(), world.addresses().of(elsewhere.id(), seen.link()))));
    }

    void noise(RingHost target) {
        for (int i = 0; i < NOISE_AT_ONCE; i++) {
            byte[] bytes = new byte[1 + random.nextInt(MOST_NOISE_BYTES)];
            random.nextBytes(bytes);
            if (random.nextBoolean() && bytes.length > Datagram.HEADER_BYTES) {
                any(target).ifPresent(seen -> System.arraycopy(seen.bytes(), 0, bytes, 0, Datagram.HEADER_BYTES / 2));
            }
            int link = random.nextInt(world.options().links());
            InetSocketAddress source = Addresses.ofStranger(link);
            InetSocketAddress at = world.addresses().of(target.id(), link);
            world.arrive(new Datagram(STRANGER, Datagram.FORGED, target.id(), link, source, at, bytes));
        }
    }

    /** What was taken off the wire comes from an address that is not its sender's. */
    void releaseFromElsewhere() {
        for (Datagram kept : world.captures().release()) {
            world.arrive(kept.from(Addresses.ofStranger(kept.link())));
        }
    }

    /** What was taken off the wire comes late. */
    void release() {
        world.captures().release().forEach(world::arrive);
    }
}
