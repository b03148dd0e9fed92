package dev.ha4j.benchmarks.scheduler;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Pacemaker's {@code crm_simulate}, from the Debian package pacemaker-cli-utils. */
final class Reference {
    private static final Pattern PROFILE = Pattern.compile("([0-9.]+) secs");

    private final String version;
    private final long limitSeconds;

    private Reference(String version, long limitSeconds) {
        this.version = version;
        this.limitSeconds = limitSeconds;
    }

    static Optional<Reference> find(long limitSeconds) throws InterruptedException {
        try {
            Process process = new ProcessBuilder("crm_simulate", "--version")
                    .redirectErrorStream(true)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0
                    ? Optional.of(new Reference(text.lines().findFirst().orElse("?"), limitSeconds))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    String version() {
        return version;
    }

    /** Processor milliseconds for planning alone; empty if it was not done within the limit. */
    OptionalDouble planMillis(Path file, Path scratch) throws IOException, InterruptedException {
        Files.createDirectories(scratch);
        Path copy = Files.copy(file, scratch.resolve("profiled.xml"), StandardCopyOption.REPLACE_EXISTING);
        Path output = scratch.resolve("profile.txt");
        boolean done = run(output, "crm_simulate", "--profile", scratch.toString(), "--repeat", "1");
        Files.delete(copy);
        Matcher matcher = PROFILE.matcher(Files.readString(output));
        return done && matcher.find()
                ? OptionalDouble.of(Double.parseDouble(matcher.group(1)) * 1000)
                : OptionalDouble.empty();
    }

    private boolean run(Path output, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(limitSeconds, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        return ended && process.exitValue() == 0;
    }

    static List<String> coldCommand(Path file) {
        return List.of("crm_simulate", "--run", "--xml-file", file.toString());
    }
}
