package dev.ha4j.benchmarks.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/** Three nodes of one contender, of which one is lost and comes back, again and again. */
final class Trio implements AutoCloseable {

    private static final int NODES = 3;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** So that losses fall on any moment of what the rings do by themselves. */
    private static final long MOST_REST_NANOS = 400_000_000L;

    private static final int SEED = 7;

    private final String contender;
    private final String lab;
    private final Path folder;
    private final int tokenMillis;
    private final List<LabProcess> nodes = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(SEED);

    Trio(String contender, String lab, Path folder, int tokenMillis) {
        this.contender = contender;
        this.lab = lab;
        this.folder = folder;
        this.tokenMillis = tokenMillis;
    }

    void start() throws LabFailure, InterruptedException {
        for (int node = 1; node <= NODES; node++) {
            nodes.add(process(node));
        }
        await(List.of(1, 2, 3), NODES, 0);
    }

    private LabProcess process(int node) throws LabFailure, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash", lab, "exec", Integer.toString(node)));
        if (contender.equals("corosync")) {
            command.addAll(List.of(
                    "bash", lab, "corosync", Integer.toString(node), folder.toString(), Integer.toString(tokenMillis)));
        } else {
            command.addAll(Shell.java(
                    DetectionNode.class,
                    List.of(
                            Integer.toString(node),
                            Integer.toString(NODES),
                            "10.77.0",
                            Integer.toString(tokenMillis),
                            folder.toString())));
        }
        return LabProcess.start(contender + node, command, folder.resolve(contender + "-" + node + ".log"));
    }

    /** Nanoseconds from the loss to the moment at which the last survivor has the ring of the survivors. */
    long lose(int node, Loss loss) throws LabFailure, InterruptedException {
        LockSupport.parkNanos(random.nextLong(MOST_REST_NANOS));
        List<Integer> survivors =
                List.of(1, 2, 3).stream().filter(each -> each != node).toList();
        long begin = System.nanoTime();
        inflict(node, loss);
        long end = await(survivors, NODES - 1, begin);
        long undone = System.nanoTime();
        undo(node, loss);
        await(List.of(1, 2, 3), NODES, undone);
        return end - begin;
    }

    private void inflict(int node, Loss loss) throws LabFailure, InterruptedException {
        switch (loss) {
            case KILLED -> nodes.get(node - 1).signal("KILL");
            case STOPPED -> nodes.get(node - 1).signal("STOP");
            case UNPLUGGED -> cable(node, "down");
        }
    }

    private void undo(int node, Loss loss) throws LabFailure, InterruptedException {
        switch (loss) {
            case KILLED -> {
                nodes.get(node - 1).close();
                nodes.set(node - 1, process(node));
            }
            case STOPPED -> nodes.get(node - 1).signal("CONT");
            case UNPLUGGED -> cable(node, "up");
        }
    }

    private void cable(int node, String state) throws LabFailure, InterruptedException {
        Shell.run(List.of("bash", lab, "cable", Integer.toString(node), state));
    }

    /** When the last of them had installed a ring of that many members, after that instant. */
    private long await(List<Integer> whom, int members, long afterNanos) throws LabFailure, InterruptedException {
        long last = 0;
        for (int node : whom) {
            String[] words = nodes.get(node - 1)
                    .await(
                            "ring",
                            said -> Integer.parseInt(said[1]) == members && Long.parseLong(said[2]) > afterNanos,
                            LIMIT);
            last = Math.max(last, Long.parseLong(words[2]));
        }
        return last;
    }

    @Override
    public void close() {
        nodes.forEach(LabProcess::close);
    }
}
