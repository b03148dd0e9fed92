package dev.ha4j.fencing.ipmi.testkit;

import dev.ha4j.fencing.ipmi.Privilege;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Runs a simulated BMC as a process: {@code BmcSimulatorMain PORT [PROGRAM]}. The program switches the power as
 * {@link ScriptedChassis} says; without one, the chassis is a mere switch. User name and password come from the
 * environment variables BMC_USER and BMC_PW, the GUID from BMC_GUID if it is set.
 */
public final class BmcSimulatorMain {

    private BmcSimulatorMain() {}

    /** Prints one line when the BMC listens, and runs until the process is ended. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 1 || arguments.length > 2) {
            System.err.println("usage: BMC_USER=name BMC_PW=password BmcSimulatorMain PORT [PROGRAM]");
            System.exit(2);
        }
        BmcSimulatorBuilder builder = BmcSimulator.builder()
                .port(Integer.parseInt(arguments[0]))
                .user(environment("BMC_USER"), environment("BMC_PW"), Privilege.ADMINISTRATOR);
        if (arguments.length == 2) {
            builder.chassis(new ScriptedChassis(Path.of(arguments[1])));
        }
        String guid = System.getenv("BMC_GUID");
        try (BmcSimulator simulator = (guid == null ? builder : builder.guid(guid)).start()) {
            System.out.println("BMC listens on " + simulator.host() + " port " + simulator.port());
            simulator.awaitClose();
        }
    }

    private static String environment(String name) {
        String value = System.getenv(name);
        if (value == null) {
            throw new IllegalArgumentException("environment variable " + name + " is not set");
        }
        return value;
    }
}
