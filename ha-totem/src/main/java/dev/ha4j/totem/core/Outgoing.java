package dev.ha4j.totem.core;

import dev.ha4j.totem.TotemMessage;

/** Where a token visit takes its messages from: the send queue, or what a recovery has to repeat. */
interface Outgoing {

    int packets();

    /** Largest packet that {@link #next} gives. */
    int packetBytes();

    /** The next message, under the sequence that the token gives it. Only when there are packets. */
    TotemMessage next(long sequence);

    /** How many of a visit's messages may go out after the token. */
    int acceleratedMessages();

    /** Recovery must end, whatever the application can take. */
    boolean ignoresBackPressure();
}
