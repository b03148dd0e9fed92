package dev.ha4j.corosync.services;

import dev.ha4j.corosync.wire.Malformed;
import dev.ha4j.corosync.wire.WireReader;
import dev.ha4j.corosync.wire.WireWriter;

/**
 * The header in front of each message, of {@value #BYTES} bytes.
 *
 * @param service number of the service; 0 for the synchronisation
 * @param function of that service
 * @param size of the whole message
 */
record Envelope(int service, int function, int size) {

    static final int BYTES = 16;

    static WireWriter write(int service, int function, int size) {
        return new WireWriter(size)
                .i32(service << 16 | function)
                .i32(0)
                .i32(size)
                .i32(0);
    }

    static Envelope read(WireReader in) throws Malformed {
        int id = in.i32();
        in.skip(4);
        int size = in.i32();
        in.skip(4);
        if (size < BYTES || size > in.remaining() + BYTES) {
            throw new Malformed("wrong size");
        }
        return new Envelope(id >>> 16, id & 0xffff, size);
    }
}
