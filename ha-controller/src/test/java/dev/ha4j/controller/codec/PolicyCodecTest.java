package dev.ha4j.controller.codec;

import static dev.ha4j.api.config.ColocationSet.chain;
import static dev.ha4j.api.config.ColocationSet.each;
import static dev.ha4j.api.config.Constraints.colocate;
import static dev.ha4j.api.config.Constraints.location;
import static dev.ha4j.api.config.Constraints.order;
import static dev.ha4j.api.config.Constraints.ticket;
import static dev.ha4j.api.config.OrderSet.anyOf;
import static dev.ha4j.api.config.OrderSet.inOrder;
import static dev.ha4j.api.config.OrderSet.inParallel;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.api.Role;
import dev.ha4j.api.config.Calendar;
import dev.ha4j.api.config.ClusterOptions;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.Expression;
import dev.ha4j.api.config.HealthOptions;
import dev.ha4j.api.config.LocationConstraint;
import dev.ha4j.api.config.LossPolicy;
import dev.ha4j.api.config.NodeSpec;
import dev.ha4j.api.config.PlacementStrategy;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.config.QuorumOptions;
import dev.ha4j.api.state.ClusterState;
import dev.ha4j.api.state.PersistentMap;
import dev.ha4j.api.state.TicketStatus;
import dev.ha4j.controller.Request;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever can be configured comes back from its bytes, and whatever the bytes are, there is an answer. */
class PolicyCodecTest {

    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    private static ClusterPolicy policy() {
        return new ClusterPolicy(
                "all words",
                List.of(NodeSpec.of(1, "a", "10.0.0.1").capacity("memory", 8).attribute("rack", "1")),
                QuorumOptions.DEFAULTS,
                ClusterOptions.DEFAULTS
                        .withPlacement(PlacementStrategy.MINIMAL)
                        .withHealth(HealthOptions.progressive(1, -2, 3, 4)),
                List.of(Primitive.of("db")
                        .uses("memory", 3)
                        .parameter("threads", "8")
                        .reloadable("threads")
                        .when(
                                Expression.allOf(Calendar.in("Europe/Vienna").hours(8, 17), Expression.until(NOON)),
                                it -> it.stickiness(5).parameter("threads", "2"))),
                List.of(
                        order(inParallel("a", "b"))
                                .then(inOrder("c").promoted())
                                .asymmetrical(),
                        order(anyOf("a", "b")).then("c"),
                        order("a").then("b").anyInstance(),
                        colocate(each("a", "b").inRole(Role.PROMOTED))
                                .with(chain("c", "d"))
                                .score(-5),
                        colocate("a").with("b").sharing("rack").influence(true),
                        ticket("site").guards("a", "b").onLoss(LossPolicy.FREEZE),
                        ticket("site").guards("a", Role.PROMOTED),
                        location("a", "b")
                                .when(Expression.anyOf(Expression.from(NOON), Expression.between(NOON, NOON)), 7)
                                .discovery(LocationConstraint.Discovery.EXCLUSIVE)),
                List.of());
    }

    private static ClusterState state() {
        return ClusterState.initial(policy())
                .change()
                .tickets(
                        PersistentMap.<String, TicketStatus>empty().put("site", new TicketStatus(true, true, 7, "Ada")))
                .build();
    }

    private static <T> void comesBack(Codec<T> codec, T value) {
        assertThat(codec.decode(codec.encode(value))).isEqualTo(new Decoded.Value<>(value));
    }

    @Test
    void aStateWithAllWordsComesBack() {
        comesBack(StateCodecs.STATE, state());
    }

    @ParameterizedTest
    @EnumSource
    void changesOfTicketsComeBack(Request.TicketChange change) {
        comesBack(RequestCodecs.REQUEST, new Request.ChangeTicket("site", change, "Ada", "flood"));
    }

    @Test
    void everyBeginningIsTooShort() {
        byte[] whole = PolicyCodecs.POLICY.encode(policy());
        for (int length = 0; length < whole.length; length++) {
            assertThat(PolicyCodecs.POLICY.decode(java.util.Arrays.copyOf(whole, length)))
                    .isNotInstanceOf(Decoded.Value.class);
        }
    }

    @Test
    void damageIsAnAnswer() {
        byte[] whole = StateCodecs.STATE.encode(state());
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 20_000; round++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            assertThat(StateCodecs.STATE.decode(damaged)).isNotNull();
        }
    }

    @Test
    void whatOlderAndNewerSoftwareWroteIsNamed() {
        byte[] older = StateCodecs.STATE.encode(state());
        older[0] = 1;
        assertThat(StateCodecs.STATE.decode(older)).isEqualTo(new Decoded.Unknown<>("format 1, older than 2"));
        byte[] newer = StateCodecs.STATE.encode(state());
        newer[0] = 3;
        assertThat(StateCodecs.STATE.decode(newer)).isEqualTo(new Decoded.Unknown<>("format 3, newer than 2"));
    }
}
