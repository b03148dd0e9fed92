package dev.ha4j.fencing.ipmi.testkit;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What the simulated BMC switches. Called on the simulator's thread alone, and may block it, as a slow BMC does. An
 * exception makes the BMC report an error.
 */
public interface ChassisControl {

    /** Takes the power away; does nothing if it is off. */
    void powerOff() throws IOException;

    /** Gives power; does nothing if it is on. */
    void powerOn() throws IOException;

    /** Whether there is power. */
    boolean isOn() throws IOException;

    /** A chassis that is no more than a switch; this one may be used by any thread. */
    static ChassisControl ofSwitch(AtomicBoolean power) {
        return new ChassisControl() {
            @Override
            public void powerOff() {
                power.set(false);
            }

            @Override
            public void powerOn() {
                power.set(true);
            }

            @Override
            public boolean isOn() {
                return power.get();
            }
        };
    }
}
