package dev.ha4j.corosync.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.NodeId;
import dev.ha4j.corosync.CorosyncConfig;
import dev.ha4j.corosync.CorosyncListener;
import dev.ha4j.totem.RingSequences;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes wrong on the ring's thread ends it, and nobody waits for it in vain. */
@Timeout(60)
class DriverTest {

    private static final int PORT = 25_406;
    private static final long PATIENCE_MILLIS = 30_000;

    private final CompletableFuture<String> failed = new CompletableFuture<>();
    private final Deliveries deliveries = new Deliveries("deliveries", 1 << 20);

    private static final class Sequences implements RingSequences {
        @Override
        public long reservedUpTo() {
            return 0;
        }

        @Override
        public void reserve(long upTo, Consumer<Boolean> done) {
            done.accept(true);
        }
    }

    private static InetAddress address() throws IOException {
        long pid = ProcessHandle.current().pid();
        return InetAddress.getByAddress(new byte[] {127, (byte) (1 + (pid >> 8) % 127), (byte) pid, 1});
    }

    private Driver driver() throws IOException {
        TreeMap<NodeId, CorosyncConfig.Node> nodes = new TreeMap<>();
        nodes.put(NodeId.of(1), new CorosyncConfig.Node("alone", address(), 1));
        CorosyncListener listener = new CorosyncListener() {
            @Override
            public void failed(String reason) {
                failed.complete(reason);
            }
        };
        CorosyncConfig config = CorosyncConfig.of(1, nodes).withPort(PORT);
        return new Driver(
                config, 1, new Sequences(), new SendBudget(1_000), new Listeners(listener, deliveries, () -> {}));
    }

    @Test
    void anErrorEndsItForEverybody() throws Exception {
        Driver driver = driver();
        CompletableFuture<Boolean> behind = new CompletableFuture<>();
        for (String what : new String[] {"first", "second"}) {
            driver.execute(() -> {
                throw new AssertionError(what);
            });
        }
        driver.execute(() -> behind.complete(true));
        driver.start();
        deliveries.start();
        assertThat(failed.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).contains("first");
        assertThat(behind.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
        driver.join(PATIENCE_MILLIS);
        new DatagramSocket(PORT, address()).close();
    }

    @Test
    void aListenersErrorKeepsNothingFromOthers() throws Exception {
        CompletableFuture<Boolean> behind = new CompletableFuture<>();
        deliveries.add(0, () -> {
            throw new AssertionError("a listener's");
        });
        deliveries.add(0, () -> behind.complete(true));
        deliveries.start();
        assertThat(behind.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
        deliveries.close();
    }
}
