package dev.ha4j.totem.security.packet;

/** What a packet is for; the code travels in the authenticated header. */
enum PacketKind {
    /** Carries plaintext of the ring. */
    DATA(0),
    /** Opens the handshake: proves nothing yet, asks for an answer to its challenge. */
    HELLO(1),
    /** Echoes the challenge of a hello, and challenges in turn. */
    HELLO_ACK(2),
    /** Echoes the challenge of an acknowledgement. */
    CONFIRM(3);

    private static final PacketKind[] BY_CODE = values();

    final byte code;

    PacketKind(int code) {
        this.code = (byte) code;
    }

    static boolean isKnown(int code) {
        return code >= 0 && code < BY_CODE.length;
    }

    static PacketKind of(int code) {
        return BY_CODE[code];
    }

    boolean isHandshake() {
        return this != DATA;
    }

    /** First word of the nonce: data and handshake count apart under one key, so their nonces must differ here. */
    int nonceClass() {
        return isHandshake() ? 1 : 0;
    }
}
