package dev.ha4j.benchmarks.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Commands and the files that they need. */
public final class Shell {

    private Shell() {}

    /**
     * Runs a command to its end.
     *
     * @param problem what it means if that fails
     */
    public static void run(String problem, List<String> command) throws BenchmarkFailure, InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new BenchmarkFailure(problem + ": " + output.strip());
            }
        } catch (IOException e) {
            throw new BenchmarkFailure(problem + ": " + e.getMessage());
        }
    }

    /** The command line of a JVM like this one. */
    public static List<String> java(List<String> flags, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return command;
    }

    /** A file of the class path, copied into the folder. */
    static Path unpacked(Class<?> owner, String resource, Path folder) throws BenchmarkFailure {
        Path file = folder.resolve(resource);
        try (InputStream in = owner.getResourceAsStream(resource)) {
            if (in == null) {
                throw new BenchmarkFailure(resource + " is missing");
            }
            Files.copy(in, file);
            return file;
        } catch (IOException e) {
            throw new BenchmarkFailure("can't write to " + folder + ": " + e.getMessage());
        }
    }
}
