package dev.ha4j.node;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ha4j.api.config.Clone;
import dev.ha4j.api.config.CloneOptions;
import dev.ha4j.api.config.Primitive;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is wrong is said at once, before anything is opened. */
class HaNodeBuilderTest {

    @Test
    void whatIsMissingIsNamed() {
        assertThatThrownBy(() -> HaNode.builder().start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("cluster(...) is needed", "self(...) is needed");
    }

    @Test
    void everythingThatDoesNotFitIsNamedTogether() {
        HaNodeBuilder builder = HaNode.builder()
                .cluster(Loopback.single("strict")
                        .resource(Primitive.of("ledger"))
                        .build())
                .self("b")
                .handOverLimit(Duration.ZERO)
                .addressInterval(Duration.ZERO)
                .implement("leger", new UsersTest.Gateway(List.of()))
                .implement("nightly", new UsersTest.Gateway(List.of()));

        assertThatThrownBy(builder::start)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "self(\"b\") is no node of the configuration, which has [a]",
                        "handOverLimit(PT0S) has to be positive",
                        "addressInterval(PT0S) has to be positive",
                        "implement(\"leger\", ...) names no primitive of the configuration, which has [ledger]",
                        "implement(\"nightly\", ...)");
    }

    @Test
    void moreBindingsThanLinksAreNamed() {
        HaNodeBuilder builder = HaNode.builder()
                .cluster(Loopback.single("bound").build())
                .self("a")
                .bind(List.of(Loopback.free("127.0.0.1"), Loopback.free("127.0.0.2")));

        assertThatThrownBy(builder::start)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has more addresses than node a has links");
    }

    @Test
    void whoCantHearOfItsPeersIsNamed() {
        HaNodeBuilder builder = HaNode.builder()
                .cluster(Loopback.single("replicas")
                        .resource(Clone.of(Primitive.of("pg"), CloneOptions.EVERYWHERE.withNotifications()))
                        .build())
                .self("a")
                .implement("pg", new UsersTest.Gateway(List.of()));

        assertThatThrownBy(builder::start)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("implement(\"pg\", ...)", "implement NotifiedResource");
    }
}
