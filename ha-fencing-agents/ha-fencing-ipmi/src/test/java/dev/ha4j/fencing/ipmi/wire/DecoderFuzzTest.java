package dev.ha4j.fencing.ipmi.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.ha4j.fencing.ipmi.wire.HandshakeMessage.OpenSessionRequest;
import dev.ha4j.fencing.ipmi.wire.HandshakeMessage.OpenSessionResponse;
import dev.ha4j.fencing.ipmi.wire.HandshakeMessage.Rakp1;
import dev.ha4j.fencing.ipmi.wire.HandshakeMessage.Rakp2;
import dev.ha4j.fencing.ipmi.wire.HandshakeMessage.Rakp3;
import dev.ha4j.fencing.ipmi.wire.HandshakeMessage.Rakp4;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecoderFuzzTest {

    private static final long SEED = 20_261_123;
    private static final int ROUNDS = 20_000;
    private static final Octets SIXTEEN = Octets.EMPTY.resized(16);
    private static final Algorithms ALGORITHMS = CipherSuite.SUITE_17.algorithms();
    private static final List<HandshakeMessage> MESSAGES = List.of(
            new OpenSessionRequest(1, 4, 99, ALGORITHMS),
            new OpenSessionResponse(2, 0, 4, 99, 100, ALGORITHMS),
            OpenSessionResponse.refusal(3, RakpStatus.NO_CIPHER_SUITE, 99),
            new Rakp1(4, 100, SIXTEEN, 0x14, Octets.ofUnsigned('f', 'e', 'n', 'c', 'e')),
            new Rakp2(5, 0, 99, SIXTEEN, SIXTEEN, Octets.EMPTY.resized(32)),
            Rakp2.refusal(6, RakpStatus.UNAUTHORIZED_NAME, 99),
            new Rakp3(7, 0, 100, Octets.EMPTY.resized(32)),
            new Rakp4(8, 0, 99, SIXTEEN));

    private final Random random = new Random(SEED);

    @Test
    void everyHandshakeMessageComesBackAsItWasSent() {
        for (HandshakeMessage message : MESSAGES) {
            RmcpPacket packet = RmcpPacket.decode(message.toDatagram()).orElseThrow();
            assertThat(packet.payloadType()).isEqualTo(message.payloadType());
            assertThat(HandshakeMessage.decode(packet.payloadType(), packet.payload()))
                    .contains(message);
        }
    }

    @Test
    void noBytesMakeADecoderThrow() {
        for (int round = 0; round < ROUNDS; round++) {
            decodeEverything(randomOctets(random.nextInt(80)));
        }
    }

    @Test
    void noDamageToGenuineDatagramsMakesADecoderThrow() {
        SessionCipher cipher = new SessionCipher(CipherSuite.SUITE_17, SIXTEEN);
        for (int round = 0; round < ROUNDS; round++) {
            HandshakeMessage message = MESSAGES.get(random.nextInt(MESSAGES.size()));
            Octets datagram = damaged(message.toDatagram());
            RmcpPacket.decode(datagram).ifPresent(packet -> {
                HandshakeMessage.decode(packet.payloadType(), packet.payload());
                cipher.open(datagram, packet);
            });
            decodeEverything(damaged(Command.CHASSIS_CONTROL.request(1, SIXTEEN).encode()));
        }
    }

    @Test
    void aDatagramAboveTheBoundIsNotLookedAt() {
        Octets datagram = RmcpPacket.plain(PayloadType.IPMI, Octets.EMPTY.resized(RmcpPacket.MAX_BYTES));
        assertThat(RmcpPacket.decode(datagram)).isEmpty();
    }

    @Test
    void aRefusalMayBeShort() {
        assertThat(HandshakeMessage.decode(PayloadType.OPEN_SESSION_RESPONSE, Octets.ofUnsigned(7, 4)))
                .contains(OpenSessionResponse.refusal(7, 4, 0));
        assertThat(HandshakeMessage.decode(PayloadType.OPEN_SESSION_RESPONSE, Octets.ofUnsigned(7, 0)))
                .isEmpty();
    }

    private static void decodeEverything(Octets octets) {
        assertThatCode(() -> {
                    RmcpPacket.decode(octets);
                    IpmiRequest.decode(octets);
                    IpmiResponse.decode(octets);
                    for (int type = 0; type < 64; type++) {
                        HandshakeMessage.decode(type, octets);
                    }
                })
                .doesNotThrowAnyException();
    }

    private Octets randomOctets(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Octets.of(bytes);
    }

    private Octets damaged(Octets octets) {
        byte[] bytes = octets.toArray();
        for (int hit = random.nextInt(4); hit >= 0; hit--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return Octets.of(bytes).slice(0, random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length);
    }
}
