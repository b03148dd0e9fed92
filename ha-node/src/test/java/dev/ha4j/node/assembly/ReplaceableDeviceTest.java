package dev.ha4j.node.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ha4j.api.NodeId;
import dev.ha4j.quorum.DeviceAnswer;
import dev.ha4j.quorum.QuorumDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a node hears of the devices that it is given one after the other. */
class ReplaceableDeviceTest {

    private static final SortedSet<NodeId> BOTH = new TreeSet<>(List.of(NodeId.of(1), NodeId.of(2)));

    private final Line first = new Line();
    private final Line second = new Line();
    private final ReplaceableDevice device = new ReplaceableDevice(first);
    private final List<DeviceAnswer> answers = new ArrayList<>();

    /** A connection to an arbiter; the test speaks for that. */
    private static final class Line implements QuorumDevice {
        private final List<Long> rings = new ArrayList<>();
        private Consumer<DeviceAnswer> listener = answer -> {};
        private int closed;

        @Override
        public void ask(long ringSequence, SortedSet<NodeId> members, Consumer<DeviceAnswer> answer) {
            rings.add(ringSequence);
            listener = answer;
        }

        @Override
        public Optional<String> problem() {
            return closed > 0 ? Optional.of("closed") : Optional.empty();
        }

        @Override
        public void close() {
            closed++;
        }
    }

    @Test
    void theReplacedDeviceIsClosedAndNotHeardAnyMore() {
        device.ask(8, BOTH, answers::add);
        device.replace(second);

        first.listener.accept(new DeviceAnswer(true, 1));

        assertThat(first.closed).isOne();
        assertThat(second.closed).isZero();
        assertThat(answers).isEmpty();
    }

    @Test
    void theNextDeviceIsAskedWhatTheOneBeforeWasAskedLast() {
        device.ask(8, BOTH, answers::add);
        device.ask(12, BOTH, answers::add);
        device.replace(second);

        second.listener.accept(new DeviceAnswer(true, 1));

        assertThat(second.rings).containsExactly(12L);
        assertThat(answers).extracting(DeviceAnswer::granted).containsExactly(true);
    }

    @Test
    void aDeviceThatNothingWasAskedOfPassesNothingOn() {
        device.replace(second);

        assertThat(second.rings).isEmpty();
    }

    @Test
    void whatAnotherDeviceGrantedIsOfAnotherTenure() {
        device.ask(8, BOTH, answers::add);
        first.listener.accept(new DeviceAnswer(true, 1));
        device.replace(second);
        second.listener.accept(new DeviceAnswer(true, 1));

        assertThat(answers).extracting(DeviceAnswer::tenure).doesNotHaveDuplicates();
    }

    @Test
    void theSameDeviceOnceMoreIsKept() {
        device.replace(first);

        assertThat(first.closed).isZero();
        assertThat(device.problem()).isEmpty();
    }

    @Test
    void withTheNodeTheDeviceIsClosedOnceAndAskedNoMore() {
        device.ask(8, BOTH, answers::add);
        device.close();
        device.close();

        device.ask(12, BOTH, answers::add);
        first.listener.accept(new DeviceAnswer(true, 1));

        assertThat(first.closed).isOne();
        assertThat(first.rings).containsExactly(8L);
        assertThat(answers).isEmpty();
    }

    @Test
    void whoStoppedTakesNoDeviceAndLeavesItToWhoGaveIt() {
        device.close();

        assertThatThrownBy(() -> device.replace(second))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has stopped");
        assertThat(second.closed).isZero();
    }

    @Test
    void noDeviceIsNone() {
        device.replace(QuorumDevice.NONE);

        assertThat(device.isThere()).isFalse();
        assertThat(first.closed).isOne();
    }
}
