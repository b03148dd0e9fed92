package dev.ha4j.testkit.world;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ha4j.api.config.AuthKey;
import dev.ha4j.api.config.ClusterConfig;
import dev.ha4j.runtime.Workers.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Code of users runs one call at a time, rests in virtual time, and ends with its process. */
class UserThreadsTest {

    private final UserThreads threads = new UserThreads(ofMillis(300));
    private final List<String> events = new ArrayList<>();
    private final World world = world();
    private final Host host = world.host("a");

    private World world() {
        ClusterConfig config = ClusterConfig.named("one")
                .node(1, "a", "10.0.0.1")
                .authKey(new byte[AuthKey.KEY_BYTES])
                .build();
        return new World(
                WorldOptions.calm(1, config.policy()),
                it -> new ProductionNodes(it, (here, process) -> {
                    process.employ(threads);
                    return Map.of();
                }));
    }

    @BeforeEach
    void start() {
        world.start(host);
    }

    @AfterEach
    void close() {
        threads.close();
    }

    private NodeProcess process() {
        return host.process().orElseThrow();
    }

    private void call(String name, Duration timeout, Duration takes) {
        process()
                .workers()
                .run(
                        name,
                        timeout,
                        () -> {
                            tell(name + " begins");
                            threads.rest(takes.toNanos());
                            tell(name + " ends");
                            return name;
                        },
                        outcome -> tell(name + " " + word(outcome)));
    }

    private void tell(String what) {
        events.add(world.time().now() / 1_000_000_000 + " s " + what);
    }

    private static String word(Outcome<?> outcome) {
        return outcome.getClass().getSimpleName();
    }

    @Test
    void callsRestSideBySide() {
        call("long", ofSeconds(20), ofSeconds(7));
        call("short", ofSeconds(20), ofSeconds(3));
        world.run(ofSeconds(10));
        assertThat(events)
                .containsExactlyInAnyOrder(
                        "0 s long begins",
                        "0 s short begins",
                        "3 s short ends",
                        "3 s short Done",
                        "7 s long ends",
                        "7 s long Done");
    }

    @Test
    void timeoutInterruptsARest() {
        call("slow", ofSeconds(4), ofSeconds(60));
        world.run(ofSeconds(100));
        assertThat(events).containsExactly("0 s slow begins", "4 s slow TimedOut");
    }

    @Test
    void frozenProcessRestsOnAndADeadOneForEver() {
        call("frozen", ofSeconds(60), ofSeconds(3));
        world.run(ofSeconds(1));
        world.freeze(host);
        world.run(ofSeconds(9));
        world.wake(host);
        call("killed", ofSeconds(60), ofSeconds(3));
        world.run(ofSeconds(1));
        world.kill(host, "killed");
        world.run(ofSeconds(30));
        assertThat(events)
                .containsExactly("0 s frozen begins", "10 s frozen ends", "10 s frozen Done", "10 s killed begins");
    }

    @Test
    void codeThatReallyBlocksFailsTheSimulationAndIsShown() {
        CountDownLatch never = new CountDownLatch(1);
        process().workers().run("blocking", ofSeconds(5), () -> blocks(never), outcome -> tell(word(outcome)));
        assertThatThrownBy(() -> world.run(ofSeconds(1)))
                .isInstanceOf(SimulationFailure.class)
                .hasMessageContaining("a blocking has blocked for 300 ms")
                .satisfies(failure -> assertThat(failure.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("blocks")));
        never.countDown();
    }

    private static boolean blocks(CountDownLatch latch) throws InterruptedException {
        latch.await();
        return true;
    }

    @Test
    void onlyCodeOfAProcessMayRest() {
        assertThatThrownBy(() -> threads.rest(1)).hasMessageContaining("call run(...)");
        assertThat(threads.caller()).isEmpty();
        assertThat(threads.as(process(), threads::caller)).contains(process());
    }
}
