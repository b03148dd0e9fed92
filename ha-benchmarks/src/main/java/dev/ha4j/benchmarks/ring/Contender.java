package dev.ha4j.benchmarks.ring;

import dev.ha4j.benchmarks.cluster.BenchmarkFailure;
import dev.ha4j.benchmarks.cluster.NodeProcess;
import dev.ha4j.benchmarks.ring.node.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Three running processes of one system. */
final class Contender implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(15);

    private final String name;
    private final List<NodeProcess> members;

    private Contender(String name, List<NodeProcess> members) {
        this.name = name;
        this.members = members;
    }

    /** Starts a process for each command and waits until they have found each other. */
    static Contender start(String name, List<Launch> launches) throws BenchmarkFailure, InterruptedException {
        Contender contender = new Contender(name, new ArrayList<>());
        try {
            for (Launch launch : launches) {
                contender.members.add(NodeProcess.start(launch.command(), launch.log()));
            }
            for (NodeProcess member : contender.members) {
                member.await("ready", START_LIMIT);
            }
            return contender;
        } catch (BenchmarkFailure | InterruptedException e) {
            contender.close();
            throw e;
        }
    }

    String name() {
        return name;
    }

    /** All members must have delivered the same messages in the same order, or it doesn't count. */
    Figures run(Workload workload) throws BenchmarkFailure, InterruptedException {
        for (NodeProcess member : members) {
            member.say("prepare " + workload.words());
        }
        for (NodeProcess member : members) {
            member.await("prepared", START_LIMIT);
        }
        for (NodeProcess member : members) {
            member.say("go");
        }
        long cpuBeforeNanos = cpuNanos();
        List<Figures> figures = new ArrayList<>();
        Set<String> orders = new HashSet<>();
        long messages = 1;
        Duration limit = DRAIN_LIMIT.plusMillis(workload.warmUpMillis() + workload.millis());
        for (NodeProcess member : members) {
            String[] words = member.await("result", limit);
            figures.add(Figures.of(words));
            orders.add(words[4] + " messages, order " + words[5]);
            messages = Long.parseLong(words[4]);
        }
        if (orders.size() > 1) {
            throw new BenchmarkFailure(name + " delivered different orders: " + orders);
        }
        return Figures.of(figures, (cpuNanos() - cpuBeforeNanos) / messages);
    }

    /** Says the same to each member, and gives the words of their answers, in order. */
    List<String[]> ask(String line, String answer, Duration limit) throws BenchmarkFailure, InterruptedException {
        List<String[]> answers = new ArrayList<>();
        for (NodeProcess member : members) {
            member.say(line);
            answers.add(member.await(answer, limit));
        }
        return answers;
    }

    private long cpuNanos() {
        return members.stream().mapToLong(NodeProcess::cpuNanos).sum();
    }

    @Override
    public void close() {
        members.forEach(NodeProcess::close);
    }
}
