package dev.ha4j.fencing.ipmi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ha4j.fencing.ipmi.wire.CipherSuite;
import dev.ha4j.fencing.ipmi.wire.Command;
import dev.ha4j.fencing.ipmi.wire.HandshakeMessage;
import dev.ha4j.fencing.ipmi.wire.HandshakeMessage.OpenSessionRequest;
import dev.ha4j.fencing.ipmi.wire.HandshakeMessage.Rakp1;
import dev.ha4j.fencing.ipmi.wire.HandshakeMessage.Rakp3;
import dev.ha4j.fencing.ipmi.wire.Octets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BmcProtocolFuzzTest {

    private static final long SEED = 20_261_124;
    private static final int ROUNDS = 20_000;
    private static final int FIRST_SESSION = 0x0A0B_0001;
    private static final Octets SIXTEEN = Octets.EMPTY.resized(16);

    private final Random random = new Random(SEED);
    private final BmcFaults faults = new BmcFaults();
    private final PowerSwitch power =
            new PowerSwitch(ChassisControl.ofSwitch(new AtomicBoolean(true)), faults, new CountDownLatch(1));
    private final BmcProtocol protocol = new BmcProtocol(
            List.of(new BmcUser("fence", "fencepw", 4)),
            Set.of(CipherSuite.values()),
            () -> SIXTEEN,
            new BmcCommands(power, () -> SIXTEEN),
            faults,
            random);

    private List<Octets> genuine(int session) {
        Octets name = Octets.ofUnsigned('f', 'e', 'n', 'c', 'e');
        List<HandshakeMessage> messages = List.of(
                new OpenSessionRequest(1, 4, 99, CipherSuite.SUITE_17.algorithms()),
                new Rakp1(2, session, SIXTEEN, 0x14, name),
                new Rakp3(3, 0, session, SIXTEEN));
        Octets question = Command.GET_CHANNEL_AUTHENTICATION_CAPABILITIES
                .request(1, Octets.ofUnsigned(0x8E, 4))
                .encode();
        return List.of(
                messages.get(0).toDatagram(),
                messages.get(1).toDatagram(),
                messages.get(2).toDatagram(),
                new LegacyPacket(question).encode());
    }

    @Test
    void nothingThatIsNotGenuineMakesTheBmcThrowOrSwitch() {
        for (int round = 0; round < ROUNDS; round++) {
            List<Octets> datagrams = genuine(FIRST_SESSION + random.nextInt(ROUNDS));
            protocol.answer(damaged(datagrams.get(random.nextInt(datagrams.size()))));
        }
        assertThat(power.ordersReceived()).isZero();
        assertThat(protocol.answer(genuine(0).get(0))).as("it still answers").isPresent();
    }

    @Test
    void beforeASessionOnlyQuestionsAreAnswered() {
        for (Command command : Command.values()) {
            Octets request = command.request(1, Octets.ofUnsigned(0)).encode();
            assertThat(protocol.answer(new LegacyPacket(request).encode())).isPresent();
        }
        assertThat(power.ordersReceived()).isZero();
    }

    private Octets damaged(Octets octets) {
        byte[] bytes = octets.toArray();
        for (int hit = random.nextInt(3); hit > 0; hit--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return Octets.of(bytes).slice(0, random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length);
    }
}
