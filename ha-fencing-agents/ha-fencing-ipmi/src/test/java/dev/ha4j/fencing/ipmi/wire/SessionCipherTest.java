package dev.ha4j.fencing.ipmi.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SessionCipherTest {

    private static final Octets KEY = Octets.ofHex("000102030405060708090a0b0c0d0e0f10111213");
    private static final Octets IV = Octets.ofHex("f0e0d0c0b0a090807060504030201000");

    @ParameterizedTest
    @EnumSource(CipherSuite.class)
    void whatOneSideSealsTheOtherOpens(CipherSuite suite) {
        for (int length = 0; length <= 40; length++) {
            Octets payload = Octets.EMPTY.resized(length);
            Octets datagram = new SessionCipher(suite, KEY).seal(7, 9, payload, IV);
            assertThat(open(new SessionCipher(suite, KEY), datagram)).contains(payload);
        }
    }

    @ParameterizedTest
    @EnumSource(CipherSuite.class)
    void noBitBehindTheRmcpHeaderMayChange(CipherSuite suite) {
        SessionCipher cipher = new SessionCipher(suite, KEY);
        byte[] bytes = cipher.seal(7, 9, Octets.ofUnsigned(1, 2, 3), IV).toArray();
        for (int bit = 4 * 8; bit < bytes.length * 8; bit++) {
            byte[] changed = bytes.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(open(cipher, Octets.of(changed))).as("bit %d", bit).isEmpty();
        }
    }

    @Test
    void anotherKeyOpensNothing() {
        Octets datagram = new SessionCipher(CipherSuite.SUITE_17, KEY).seal(7, 9, IV, IV);
        assertThat(open(new SessionCipher(CipherSuite.SUITE_17, IV), datagram)).isEmpty();
    }

    /** RFC 2202 and RFC 4231, test case 2. */
    @Test
    void theHashesAreTheStandardOnes() {
        Octets key = Octets.of("Jefe".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        Octets text = Octets.of("what do ya want for nothing?".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThat(CipherSuite.SUITE_3.hmac(key, text).toHex()).isEqualTo("effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
        assertThat(CipherSuite.SUITE_17.hmac(key, text).toHex())
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    private static Optional<Octets> open(SessionCipher cipher, Octets datagram) {
        return RmcpPacket.decode(datagram).flatMap(packet -> cipher.open(datagram, packet));
    }
}
