package dev.ha4j.corosync.services;

import dev.ha4j.corosync.wire.Malformed;
import dev.ha4j.corosync.wire.WireReader;
import dev.ha4j.corosync.wire.WireWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** To whom a message is addressed: Corosync has a group for its services, and one for their synchronisation. */
enum Group {
    SERVICES("a"),
    SYNCHRONISATION("sync");

    private static final int MAX_GROUPS = 16;

    private final byte[] name;

    Group(String name) {
        this.name = name.getBytes(StandardCharsets.US_ASCII);
    }

    /** The message with its address in front. */
    byte[] address(byte[] message) {
        return new WireWriter(4 + name.length + message.length)
                .u16(1)
                .u16(name.length)
                .bytes(name)
                .bytes(message)
                .toByteArray();
    }

    /** Reads the address in front of a message; empty if it is for a group that we are not in. */
    static Optional<Group> read(WireReader in) throws Malformed {
        int count = in.u16();
        if (count > MAX_GROUPS) {
            throw new Malformed("too many groups");
        }
        int[] lengths = new int[count];
        for (int i = 0; i < count; i++) {
            lengths[i] = in.u16();
        }
        Optional<Group> found = Optional.empty();
        for (int length : lengths) {
            byte[] read = in.bytes(length);
            for (Group group : values()) {
                found = Arrays.equals(group.name, read) ? Optional.of(group) : found;
            }
        }
        return found;
    }
}
