package dev.ha4j.fencing.kit;

import dev.ha4j.fencing.FenceDevice;
import java.io.IOException;
import java.util.List;

/**
 * A fence device, wired to a double of what it switches. A fresh rig is healthy, and its target is on.
 */
public interface FenceRig extends AutoCloseable {

    /** The device under test; the same at each call. */
    FenceDevice device();

    /** A second device with the same settings, as another node of the cluster would have it. */
    FenceDevice secondDevice();

    /** Whether the target is on in truth, whatever the double says of it. */
    boolean isOn();

    /** Switches the target behind the device's back. */
    void turn(boolean on);

    /** How many commands that switch have reached the double, whatever became of them. */
    int commandsReceived();

    /**
     * Lets the double misbehave from now on.
     *
     * @return whether this double can
     */
    boolean inject(Fault fault);

    /** Ends all misbehaviour. */
    void heal();

    /** What must never be seen in a result, a log or a text: the password, the token. Not empty. */
    List<String> secrets();

    @Override
    void close() throws IOException;
}
