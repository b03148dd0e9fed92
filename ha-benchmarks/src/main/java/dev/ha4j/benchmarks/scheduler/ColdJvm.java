package dev.ha4j.benchmarks.scheduler;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a command line tool starts its JVM: the simplest collector, the quick compiler alone, and an archive of loaded classes, which
 * can be made of jars only.
 */
final class ColdJvm {
    private static final List<String> FLAGS =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xlog:disable", "-Xlog:all=off");

    private final Path archive;
    private final String classPath;

    private ColdJvm(Path archive, String classPath) {
        this.archive = archive;
        this.classPath = classPath;
    }

    /** Packs what is not packed, and plans once for the archive. */
    static ColdJvm prepare(Path folder, Path example) throws IOException, InterruptedException {
        List<String> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            jars.add(Files.isDirectory(path) ? pack(path, folder.resolve("classes-" + jars.size() + ".jar")) : entry);
        }
        ColdJvm jvm = new ColdJvm(folder.resolve("classes.jsa"), String.join(File.pathSeparator, jars));
        Process process = new ProcessBuilder(jvm.command("-XX:ArchiveClassesAtExit=", example))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("no archive of classes: " + output);
        }
        return jvm;
    }

    private static String pack(Path classes, Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = classes.relativize(file).toString().replace(File.separatorChar, '/');
                out.putNextEntry(new JarEntry(name));
                Files.copy(file, out);
            }
        }
        return jar.toString();
    }

    List<String> command(Path file) {
        return command("-XX:SharedArchiveFile=", file);
    }

    private List<String> command(String archiveOption, Path file) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Stream<String> rest =
                Stream.of(archiveOption + archive, "-cp", classPath, PlanOnce.class.getName(), file.toString());
        return Stream.of(Stream.of(java), FLAGS.stream(), rest)
                .flatMap(words -> words)
                .collect(Collectors.toList());
    }
}
