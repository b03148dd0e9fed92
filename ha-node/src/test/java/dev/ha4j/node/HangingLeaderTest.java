package dev.ha4j.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ha4j.api.LeadershipListener;
import dev.ha4j.api.Term;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A leader that doesn't let go: others will take over by its lease, so that this process has to end. */
class HangingLeaderTest {

    @TempDir
    Path directory;

    private final CountDownLatch led = new CountDownLatch(1);
    private final CountDownLatch letGo = new CountDownLatch(1);

    @Test
    void closingItEndsTheProcess() {
        Loopback cluster = new Loopback(directory, Loopback.single("hanging").build());
        HaNode node = cluster.node("a").handOverLimit(Duration.ofMillis(500)).start();
        node.lead("nightly", new Hanging());
        await().atMost(Duration.ofSeconds(60)).until(() -> led.getCount() == 0);

        node.close();

        assertThat(cluster.halts)
                .isNotEmpty()
                .allSatisfy(reason -> assertThat(reason).contains("nightly"));
        letGo.countDown();
        await().atMost(Duration.ofSeconds(30)).until(() -> cluster.threads().isEmpty());
    }

    private final class Hanging implements LeadershipListener {

        @Override
        public void granted(Term term) {
            led.countDown();
        }

        @Override
        public void revoked(Term term) {
            while (true) {
                try {
                    letGo.await();
                    return;
                } catch (InterruptedException e) {
                    Thread.onSpinWait();
                }
            }
        }
    }
}
