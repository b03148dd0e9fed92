package dev.ha4j.examples.demo.node;

import dev.ha4j.api.report.NodeEvent;
import dev.ha4j.examples.demo.Lines;
import dev.ha4j.node.HaNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One node's process. Its only argument is a file with {@link NodeSettings}. Tells what happens on standard output, answers
 * questions on standard input, and ends with it.
 */
public final class NodeMain {

    /** The leadership that the nodes stand for. */
    public static final String LEADERSHIP = "ledger";

    private static final String OPERATOR = "demo-operator";

    private final HaNode node;

    private NodeMain(HaNode node) {
        this.node = node;
    }

    /** Runs the node. */
    public static void main(String[] arguments) throws IOException {
        NodeSettings settings = NodeSettings.read(Path.of(arguments[0]));
        HaNode node = HaNode.builder()
                .cluster(settings.cluster())
                .self(settings.self())
                .stateDirectory(Path.of(settings.stateDirectory()))
                .bind(settings.bindAddress())
                .quorumDevice(settings.witness())
                .start();
        AutoCloseable unused = node.listen(NodeMain::tell);
        AtomicLong acts = new AtomicLong();
        node.lead(
                LEADERSHIP,
                settings.leadership(),
                term -> Acting.begin(term, settings.id(), acts, settings.judgePort()));
        System.out.println("READY");
        new NodeMain(node).answer();
        Runtime.getRuntime().halt(0);
    }

    private static void tell(NodeEvent event) {
        System.out.println("EVENT " + System.nanoTime() + " " + event.kind() + " " + event.text());
    }

    private void answer() throws IOException {
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String question = questions.readLine(); question != null; question = questions.readLine()) {
            String[] words = question.split(" ", 4);
            switch (words[0]) {
                case "status" -> System.out.println("STATUS " + Lines.write(NodeStatus.of(node.report(), LEADERSHIP)));
                case "usage" -> System.out.println("USAGE " + Lines.write(Usage.now()));
                case "confirm-down" -> confirmDown(words[1], words[2], words[3]);
                case "fence" -> fence(words[1]);
                case "unblock" -> unblock(words[1]);
                case "close" -> close();
                default -> System.out.println("ERROR unknown question " + question);
            }
        }
    }

    private void confirmDown(String target, String operator, String reason) {
        var unused = node.admin()
                .confirmDown(target, operator, reason)
                .thenAccept(result -> System.out.println("CONFIRMED " + result));
    }

    private void fence(String target) {
        var unused = node.admin()
                .fence(target, OPERATOR, "it burnt")
                .thenAccept(answer -> System.out.println("FENCED " + answer));
    }

    private void unblock(String names) {
        List<String> down = List.of(names.split(",", -1));
        var unused = node.admin()
                .unblock(down, Duration.ofHours(1), OPERATOR, "they burnt")
                .thenAccept(answer -> System.out.println("UNBLOCKED " + answer));
    }

    private void close() {
        node.close();
        System.out.println("CLOSED");
        Runtime.getRuntime().halt(0);
    }
}
