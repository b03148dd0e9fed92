package dev.ha4j.node.assembly;

import dev.ha4j.api.NodeId;
import dev.ha4j.quorum.DeviceAnswer;
import dev.ha4j.quorum.QuorumDevice;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Consumer;

/**
 * The quorum device that a node has now. What another one granted before is no part of its tenure, and what it still says is not
 * heard. Whatever was given is closed: when another takes its place, or with the node. From any thread.
 */
final class ReplaceableDevice implements QuorumDevice {

    private static final int TENURE_BITS = 32;

    private QuorumDevice device;
    private long number;
    private boolean closed;
    private Optional<Question> last = Optional.empty();

    private record Question(long ring, SortedSet<NodeId> members, Consumer<DeviceAnswer> answer) {}

    ReplaceableDevice(QuorumDevice device) {
        this.device = device;
    }

    /**
     * Takes another device in its place, and asks it what the last one was asked for last.
     *
     * @throws IllegalStateException if the node has ended; then the device is still for the caller to close
     */
    synchronized void replace(QuorumDevice next) {
        if (closed) {
            throw new IllegalStateException("the node has stopped, and asks no quorum device any more");
        }
        if (next != device) {
            device.close();
            device = next;
            number++;
            last.ifPresent(this::put);
        }
    }

    synchronized boolean isThere() {
        return device != QuorumDevice.NONE;
    }

    @Override
    public synchronized void ask(long ringSequence, SortedSet<NodeId> members, Consumer<DeviceAnswer> answer) {
        if (!closed) {
            Question question = new Question(ringSequence, members, answer);
            last = Optional.of(question);
            put(question);
        }
    }

    private void put(Question question) {
        long asked = number;
        device.ask(question.ring(), question.members(), said -> answered(asked, question, said));
    }

    private void answered(long asked, Question question, DeviceAnswer said) {
        if (isPresent(asked)) {
            question.answer().accept(new DeviceAnswer(said.granted(), (asked << TENURE_BITS) | said.tenure()));
        }
    }

    private synchronized boolean isPresent(long asked) {
        return !closed && asked == number;
    }

    @Override
    public synchronized String arbiter() {
        return device.arbiter();
    }

    @Override
    public synchronized Optional<String> problem() {
        return device.problem();
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            device.close();
        }
    }
}
