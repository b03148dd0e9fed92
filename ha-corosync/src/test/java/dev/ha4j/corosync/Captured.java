package dev.ha4j.corosync;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Packets of a real corosync; {@code captured.txt} and {@code captured-knet.txt} say which. */
public final class Captured {

    private Captured() {}

    public static Map<String, byte[]> packets() {
        return read("captured.txt");
    }

    public static Map<String, byte[]> knetPackets() {
        return read("captured-knet.txt");
    }

    private static Map<String, byte[]> read(String resource) {
        Map<String, byte[]> packets = new TreeMap<>();
        try (InputStream in = Captured.class.getResourceAsStream(resource)) {
            new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" ", -1))
                    .forEach(words -> packets.put(words[0], HexFormat.of().parseHex(words[1])));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packets;
    }

    public static byte[] knetPacket(String name) {
        return knetPackets().get(name).clone();
    }

    public static byte[] packet(String name) {
        return packets().get(name).clone();
    }
}
