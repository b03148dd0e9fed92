package dev.ha4j.fencing.ipmi.wire;

/** The two's complement checksums around an IPMI message: one over its first two bytes, one over the rest. */
final class Checksum {

    private static final int HEAD_BYTES = 2;

    private Checksum() {}

    static Octets frame(int address, int networkFunctionAndLun, Octets body) {
        Octets head = Octets.ofUnsigned(address, networkFunctionAndLun);
        return new OctetWriter()
                .octets(head)
                .bytes(-sum(head, 0, HEAD_BYTES))
                .octets(body)
                .bytes(-sum(body, 0, body.length()))
                .toOctets();
    }

    /** A run of bytes followed by its checksum adds up to zero. */
    static boolean holds(Octets message) {
        int headEnd = HEAD_BYTES + 1;
        return (sum(message, 0, headEnd) & 0xFF) == 0 && (sum(message, headEnd, message.length()) & 0xFF) == 0;
    }

    private static int sum(Octets octets, int start, int end) {
        int sum = 0;
        for (int i = start; i < end; i++) {
            sum += octets.unsigned(i);
        }
        return sum;
    }
}
