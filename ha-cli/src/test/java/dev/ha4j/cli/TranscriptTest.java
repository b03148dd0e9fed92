package dev.ha4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What people type, and what they get: the first line of each file is the command, the rest the answer. {@code
 * -Dgolden.rewrite=true} writes the answers anew; read the diff.
 */
class TranscriptTest {
    private static final Path RESOURCES = Path.of("src/test/resources");
    private static final Path TRANSCRIPTS = RESOURCES.resolve("transcripts");

    static Stream<String> transcripts() throws IOException {
        try (Stream<Path> files = Files.list(TRANSCRIPTS)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void answersAsReviewed(String name) throws IOException {
        Path file = TRANSCRIPTS.resolve(name);
        List<String> lines = Files.readAllLines(file);
        String answer = lines.get(0) + "\n" + answer(lines.get(0).substring("$ ha ".length()));
        if (Boolean.getBoolean("golden.rewrite")) {
            Files.writeString(file, answer);
        }
        assertThat(answer).isEqualTo(Files.readString(file));
    }

    private static String answer(String command) {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out, true);
        String[] arguments = Arrays.stream(command.split(" "))
                .map(word -> word.endsWith(".xml") ? RESOURCES.resolve(word).toString() : word)
                .toArray(String[]::new);
        int code = Ha.commandLine().setOut(writer).setErr(writer).execute(arguments);
        String text = out.toString().replace(RESOURCES + "/", "").replace("\r\n", "\n");
        return text + (code == 0 ? "" : "exit code " + code + "\n");
    }
}
