package dev.ha4j.node.assembly;

import dev.ha4j.api.NodeId;
import dev.ha4j.quorum.DeviceAnswer;
import dev.ha4j.quorum.QuorumDevice;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Consumer;

/** The quorum device that a node has now. What another one granted before is no part of its tenure. */
final class ReplaceableDevice implements QuorumDevice {

    private static final int TENURE_BITS = 32;

    private QuorumDevice device;
    private long number;
    private Optional<Question> last = Optional.empty();

    private record Question(long ring, SortedSet<NodeId> members, Consumer<DeviceAnswer> answer) {}

    ReplaceableDevice(QuorumDevice device) {
        this.device = device;
    }

    /** Takes another device in its place, and asks it what the last one was asked for last. */
    synchronized void replace(QuorumDevice next) {
        device.close();
        device = next;
        number++;
        last.ifPresent(this::put);
    }

    synchronized boolean isThere() {
        return device != QuorumDevice.NONE;
    }

    @Override
    public synchronized void ask(long ringSequence, SortedSet<NodeId> members, Consumer<DeviceAnswer> answer) {
        Question question = new Question(ringSequence, members, answer);
        last = Optional.of(question);
        put(question);
    }

    private void put(Question question) {
        long asked = number;
        device.ask(question.ring(), question.members(), said -> answered(asked, question, said));
    }

    private void answered(long asked, Question question, DeviceAnswer said) {
        boolean present;
        synchronized (this) {
            present = asked == number;
        }
        if (present) {
            question.answer().accept(new DeviceAnswer(said.granted(), (asked << TENURE_BITS) | said.tenure()));
        }
    }

    @Override
    public synchronized void close() {
        device.close();
    }
}
