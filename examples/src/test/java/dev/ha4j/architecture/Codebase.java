package dev.ha4j.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** All classes of ha4j that have been compiled in this working copy, read once. */
final class Codebase {
    static final JavaClasses PRODUCTION = read("target/classes");
    static final JavaClasses TESTS = read("target/test-classes");

    private static final int DEEPEST_MODULE = 4;

    private Codebase() {}

    private static JavaClasses read(String folder) {
        Path root = Path.of("").toAbsolutePath().getParent();
        try (Stream<Path> found = Files.find(root, DEEPEST_MODULE, (path, attributes) -> path.endsWith(folder))) {
            List<Path> folders = found.sorted().toList();
            return new ClassFileImporter().importPaths(folders);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
