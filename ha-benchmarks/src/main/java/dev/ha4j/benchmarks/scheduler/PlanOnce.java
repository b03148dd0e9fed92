package dev.ha4j.benchmarks.scheduler;

import dev.ha4j.cib.CibException;
import dev.ha4j.cib.CibReader;
import dev.ha4j.resources.config.PolicyInput;
import dev.ha4j.resources.policy.Plan;
import dev.ha4j.resources.policy.PolicyEngine;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** What a person waits for who plans once: a JVM that reads a file, plans, prints the steps, and ends. */
final class PlanOnce {

    private PlanOnce() {}

    public static void main(String[] arguments) throws IOException, CibException {
        PolicyInput input = read(Path.of(arguments[0]));
        Plan plan = PolicyEngine.plan(input, now(input));
        StringBuilder out = new StringBuilder();
        for (Plan.Step step : plan.steps()) {
            out.append(step.key()).append(' ').append(step.node()).append('\n');
        }
        System.out.print(out);
    }

    static PolicyInput read(Path file) throws IOException, CibException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return CibReader.read(in).input();
        }
    }

    static Instant now(PolicyInput input) {
        return Instant.ofEpochSecond(input.header().executionSeconds().orElseThrow());
    }
}
