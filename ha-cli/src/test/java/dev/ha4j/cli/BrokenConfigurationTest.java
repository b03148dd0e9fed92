package dev.ha4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One mistake, or a few of a kind, in each file, and beside it what {@code ha verify} says. {@code -Dgolden.rewrite=true} writes
 * the answers anew; read the diff.
 */
class BrokenConfigurationTest {
    private static final Path FOLDER = Path.of("src/test/resources/broken");

    static Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".xml"))
                    .map(name -> name.substring(0, name.length() - ".xml".length()))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void findsEachMistake(String name) throws IOException {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out, true);
        Ha.commandLine()
                .setOut(writer)
                .setErr(writer)
                .execute("verify", FOLDER.resolve(name + ".xml").toString(), "-t", "2026-01-01T00:00:00Z");
        String answer = out.toString().replace("\r\n", "\n");
        Path expected = FOLDER.resolve(name + ".txt");
        if (Boolean.getBoolean("golden.rewrite")) {
            Files.writeString(expected, answer);
        }
        assertThat(answer).isEqualTo(Files.readString(expected)).doesNotContain("no mistake was found");
    }
}
