package dev.ha4j.cli;

import dev.ha4j.cib.Cib;
import dev.ha4j.cib.CibException;
import dev.ha4j.cib.CibReader;
import dev.ha4j.resources.config.Header;
import dev.ha4j.resources.policy.Dates;
import dev.ha4j.resources.policy.Simulation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The file that a command is about, and the time. */
final class Question {
    @Parameters(
            index = "0",
            paramLabel = "FILE.xml",
            description = "A CIB with its status; - reads it from the standard input.")
    private Path file = Path.of("-");

    @Option(
            names = {"-t", "--set-datetime"},
            paramLabel = "TIME",
            description = "Plan for this time (ISO 8601) instead of the document's execution-date, or now.")
    private @Nullable String time;

    Cib read() throws QuestionException {
        boolean standardInput = file.toString().equals("-");
        try (InputStream in = standardInput ? System.in : Files.newInputStream(file)) {
            return CibReader.read(in);
        } catch (NoSuchFileException e) {
            throw new QuestionException(file + ": there is no such file", e);
        } catch (IOException e) {
            throw new QuestionException(file + ": can't be read: " + e.getMessage(), e);
        } catch (CibException e) {
            throw new QuestionException(file + ": " + e.getMessage(), e);
        }
    }

    Simulation simulation(Cib cib) throws QuestionException {
        Header header = cib.input().header();
        Instant real = Instant.now();
        if (time == null) {
            Instant now = header.executionSeconds().isPresent()
                    ? Instant.ofEpochSecond(header.executionSeconds().getAsLong())
                    : real;
            return Simulation.of(cib.input(), now);
        }
        Optional<Instant> given = Dates.parse(time, real).map(OffsetDateTime::toInstant);
        if (given.isEmpty()) {
            throw new QuestionException("--set-datetime " + time + " is no time: write it as in 2026-03-01T12:00:00Z");
        }
        return Simulation.of(cib.input(), given.get());
    }
}
