package dev.ha4j.benchmarks.ring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Real Corosync: knet, aes256 and sha256, and a libcpg client that takes the benchmark's orders. Needs root, the Debian packages
 * corosync, libcpg-dev, iproute2, and a C compiler.
 */
final class Corosync {

    private static final int NODES = 3;
    private static final int KEY_BYTES = 256;

    private Corosync() {}

    static Contender start(Path folder, Network network) throws BenchmarkFailure, InterruptedException {
        require(Files.isExecutable(Path.of("/usr/sbin/corosync")), "corosync is not installed");
        require(Files.exists(Path.of("/usr/include/corosync/cpg.h")), "libcpg-dev is not installed");
        try {
            Path files = Files.createTempDirectory(folder, "corosync-");
            Files.write(files.resolve("corosync.key"), new byte[KEY_BYTES]);
            String source = Network.unpacked("corosync-load.c", files);
            String client = files.resolve("corosync-load").toString();
            Network.run("the client can't be compiled", "cc", "-O2", "-o", client, source, "-lcpg", "-lpthread");
            List<Launch> launches = IntStream.rangeClosed(1, NODES)
                    .mapToObj(node ->
                            new Launch(network.corosync(node, files), folder.resolve("corosync-" + node + ".log")))
                    .toList();
            return Contender.start("corosync", launches);
        } catch (IOException e) {
            throw new BenchmarkFailure("can't write to " + folder + ": " + e.getMessage());
        }
    }

    private static void require(boolean condition, String otherwise) throws BenchmarkFailure {
        if (!condition) {
            throw new BenchmarkFailure(otherwise);
        }
    }
}
