package dev.ha4j.examples.demo.judge;

import dev.ha4j.examples.demo.Lines;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The judge's process: one socket, one thread that receives. Tells its port, and each token when its first act is accepted;
 * answers {@code begin}, {@code newest} and {@code verdict} on standard input; ends with it.
 */
public final class JudgeMain {

    private static final int RECEIVE_BUFFER_BYTES = 4 << 20;

    private final Storage storage = new Storage();

    private JudgeMain() {}

    /** Runs the judge. */
    public static void main(String[] arguments) throws IOException {
        JudgeMain judge = new JudgeMain();
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Thread receiver = new Thread(() -> judge.receive(channel), "judge");
            receiver.setDaemon(true);
            receiver.start();
            tell("PORT " + channel.socket().getLocalPort());
            judge.answer();
        }
    }

    private void receive(DatagramChannel channel) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(Act.BYTES + 1);
        try {
            while (true) {
                buffer.clear();
                channel.receive(buffer);
                long arrivedNanos = System.nanoTime();
                Act.read(buffer.flip()).ifPresent(act -> receive(act, arrivedNanos));
            }
        } catch (IOException e) {
            System.err.println("the judge has ended: " + e);
        }
    }

    private void receive(Act act, long arrivedNanos) {
        Optional<Tenure> begun = Optional.empty();
        synchronized (storage) {
            if (storage.receive(act, arrivedNanos) == Storage.Answer.BEGAN) {
                begun = storage.newest();
            }
        }
        begun.ifPresent(tenure -> tell("TENURE " + Lines.write(tenure)));
    }

    private void answer() throws IOException {
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String question = questions.readLine(); question != null; question = questions.readLine()) {
            tell(answer(question));
        }
    }

    private String answer(String question) {
        synchronized (storage) {
            return switch (question) {
                case "begin" -> {
                    storage.begin();
                    yield "BEGUN";
                }
                case "verdict" -> "VERDICT " + Lines.write(storage.verdict());
                case "newest" -> "NEWEST " + storage.newest().map(Lines::write).orElse("");
                default -> "ERROR unknown question " + question;
            };
        }
    }

    private static void tell(String line) {
        System.out.println(line);
    }
}
