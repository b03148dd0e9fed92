package dev.ha4j.fencing.ipmi.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A chassis that a program switches: it is called with {@code off}, {@code on} or {@code status}, and exits with 0 when
 * done; for {@code status} 0 means on and 2 means off, as with fence agents.
 */
public final class ScriptedChassis implements ChassisControl {

    private static final int EXIT_ON = 0;
    private static final int EXIT_OFF = 2;
    private static final long MAX_SECONDS = 30;

    private final String program;

    /** Uses an executable file. */
    public ScriptedChassis(Path program) {
        this.program = Objects.requireNonNull(program, "program").toString();
    }

    @Override
    public void powerOff() throws IOException {
        require("off");
    }

    @Override
    public void powerOn() throws IOException {
        require("on");
    }

    @Override
    public boolean isOn() throws IOException {
        int exit = run("status");
        if (exit != EXIT_ON && exit != EXIT_OFF) {
            throw new IOException(program + " status: exit code " + exit);
        }
        return exit == EXIT_ON;
    }

    private void require(String action) throws IOException {
        int exit = run(action);
        if (exit != 0) {
            throw new IOException(program + " " + action + ": exit code " + exit);
        }
    }

    private int run(String action) throws IOException {
        Process process = new ProcessBuilder(program, action).inheritIO().start();
        try {
            if (process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            throw new IOException(program + " " + action + ": not done after " + MAX_SECONDS + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
