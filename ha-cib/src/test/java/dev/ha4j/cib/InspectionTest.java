package dev.ha4j.cib;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.resources.config.PolicyInput;
import dev.ha4j.resources.policy.ActionNote;
import dev.ha4j.resources.policy.ActionNote.Fate;
import dev.ha4j.resources.policy.Inspection;
import dev.ha4j.resources.policy.PolicyEngine;
import dev.ha4j.resources.policy.ScoreLog.Candidate;
import dev.ha4j.resources.policy.ScoreLog.Contribution;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What is remembered of a plan changes nothing, and leaves nothing out. */
class InspectionTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TestFactory
    Stream<DynamicTest> scenarios() throws IOException {
        return tests(Path.of("src/test/resources/scenarios"));
    }

    /** Recorded cases of the reference, where they are there. */
    @TestFactory
    Stream<DynamicTest> recordedCases() throws IOException {
        Path corpus = Path.of("../../shared/scheduler-corpus/xml");
        return Files.isDirectory(corpus) ? tests(corpus) : Stream.empty();
    }

    private static Stream<DynamicTest> tests(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".xml"))
                    .sorted()
                    .toList();
            return found.stream()
                    .map(file -> DynamicTest.dynamicTest(folder.relativize(file).toString(), () -> check(file)));
        }
    }

    private static void check(Path file) throws IOException, CibException {
        PolicyInput input = read(file);
        Inspection inspection = Inspection.of(input, NOW);
        assertThat(inspection.plan()).isEqualTo(PolicyEngine.plan(input, NOW));
        everyScoreIsExplained(inspection);
        everyStepOfAPrimitiveIsNoted(inspection);
    }

    private static void everyScoreIsExplained(Inspection inspection) {
        Map<String, Integer> last = new TreeMap<>();
        for (Contribution part : inspection.contributions()) {
            last.put(part.resource() + " on " + part.node(), part.after());
        }
        for (Candidate candidate : inspection.candidates()) {
            String where = candidate.resource() + " on " + candidate.node();
            assertThat(last.getOrDefault(where, 0)).as(where).isEqualTo(candidate.score());
        }
    }

    private static void everyStepOfAPrimitiveIsNoted(Inspection inspection) {
        long planned = inspection.actions().stream()
                .filter(note -> note.fate() == Fate.PLANNED)
                .count();
        assertThat(planned).isLessThanOrEqualTo(inspection.plan().steps().size());
        assertThat(inspection.actions().stream().map(ActionNote::resource)).doesNotContain("");
    }

    private static PolicyInput read(Path file) throws IOException, CibException {
        try (InputStream xml = Files.newInputStream(file)) {
            return CibReader.read(xml).input();
        }
    }
}
