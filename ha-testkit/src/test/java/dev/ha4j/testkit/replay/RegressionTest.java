package dev.ha4j.testkit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Small scripts that once broke a rule, replayed for ever. Without a planted bug they have to be green. Those that name one have
 * to break their rule again with it, and nothing without it.
 */
class RegressionTest {

    static Stream<Path> scripts() throws IOException, URISyntaxException {
        URL folder = Objects.requireNonNull(RegressionTest.class.getResource("/regress"));
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void scriptIsReplayed(Path file) throws IOException {
        Script script = ScriptJson.read(Files.readString(file));
        assertThat(Verdict.of(script.scenario())).isEmpty();
        if (script.planted().isPresent()) {
            assertThat(Trial.run(script).map(Verdict::rule)).isEqualTo(script.violates());
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void scriptIsWrittenAsTheTestKitWritesIt(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        assertThat(ScriptJson.write(ScriptJson.read(Files.readString(file))).lines())
                .containsExactlyElementsOf(lines);
    }
}
