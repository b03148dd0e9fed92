package dev.ha4j.benchmarks.ring;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Real Corosync in network namespaces: knet, aes256 and sha256, and a libcpg client that takes the benchmark's orders. Needs root, the
 * Debian packages corosync, libcpg-dev, iproute2, and a C compiler.
 */
final class Corosync {

    private static final int NODES = 3;
    private static final int KEY_BYTES = 256;
    private static final String SCRIPT = "corosync-member.sh";
    private static final String CLIENT = "corosync-load.c";

    private Corosync() {}

    static Contender start(Path folder) throws BenchmarkFailure, InterruptedException {
        require(Files.isExecutable(Path.of("/usr/sbin/corosync")), "corosync is not installed");
        require(Files.exists(Path.of("/usr/include/corosync/cpg.h")), "libcpg-dev is not installed");
        String script = folder.resolve(SCRIPT).toString();
        try {
            unpack(SCRIPT, folder);
            unpack(CLIENT, folder);
            Files.write(folder.resolve("corosync.key"), new byte[KEY_BYTES]);
            run("no C compiler", "chmod", "+x", script);
            Path client = folder.resolve("corosync-load");
            run(
                    "the client can't be compiled",
                    "cc",
                    "-O2",
                    "-o",
                    client.toString(),
                    folder.resolve(CLIENT).toString(),
                    "-lcpg",
                    "-lpthread");
            run("no network namespaces", script, "network", "up", Integer.toString(NODES));
        } catch (IOException e) {
            throw new BenchmarkFailure("can't write to " + folder + ": " + e.getMessage());
        }
        List<Launch> launches = IntStream.rangeClosed(1, NODES)
                .mapToObj(node -> new Launch(
                        List.of(script, "run", Integer.toString(node), Integer.toString(NODES), folder.toString()),
                        folder.resolve("corosync-" + node + ".log")))
                .toList();
        return Contender.start(
                "corosync", launches, () -> run("namespaces stay", script, "network", "down", Integer.toString(NODES)));
    }

    private static void require(boolean condition, String otherwise) throws BenchmarkFailure {
        if (!condition) {
            throw new BenchmarkFailure(otherwise);
        }
    }

    private static void unpack(String resource, Path folder) throws IOException, BenchmarkFailure {
        try (InputStream in = Corosync.class.getResourceAsStream(resource)) {
            require(in != null, resource + " is missing");
            Files.copy(in, folder.resolve(resource));
        }
    }

    private static void run(String problem, String... command) throws BenchmarkFailure, InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            require(process.waitFor() == 0, problem + ": " + output.strip());
        } catch (IOException e) {
            throw new BenchmarkFailure(problem + ": " + e.getMessage());
        }
    }
}
