package dev.ha4j.corosync.knet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ha4j.corosync.Captured;
import dev.ha4j.corosync.KnetSecurity;
import dev.ha4j.corosync.KnetSecurity.Cipher;
import dev.ha4j.corosync.KnetSecurity.Hash;
import dev.ha4j.corosync.wire.Malformed;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketSealTest {

    private static PacketSeal seal(Cipher cipher, Hash hash) {
        return new PacketSeal(new KnetSecurity(cipher, hash, KnetFixture.key()));
    }

    @ParameterizedTest
    @CsvSource({"AES256, SHA256", "AES128, SHA1", "AES192, SHA512", "NONE, SHA384", "AES256, MD5"})
    void opensAndSealsAsADaemonDoes(Cipher cipher, Hash hash) throws Malformed {
        byte[] sealed = Captured.knetPacket(("sealed-" + cipher + "-" + hash).toLowerCase(Locale.ROOT));
        PacketSeal seal = seal(cipher, hash);
        byte[] clear = seal.open(sealed);
        assertThat(KnetCodec.decode(clear)).isInstanceOf(KnetPacket.Ping.class);
        assertThat(seal.seal(clear, Arrays.copyOf(sealed, seal.vectorBytes()))).isEqualTo(sealed);
    }

    @Test
    void everyChangedBitIsNoticed() throws Malformed {
        PacketSeal seal = seal(Cipher.AES256, Hash.SHA256);
        byte[] sealed = Captured.knetPacket("sealed-aes256-sha256");
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThatThrownBy(() -> seal.open(changed))
                    .isInstanceOf(Malformed.class)
                    .hasMessage("not authentic");
        }
        assertThat(seal.open(sealed)).hasSize(26);
    }

    @Test
    void refusesWhatIsTruncated() {
        PacketSeal seal = seal(Cipher.AES256, Hash.SHA256);
        byte[] sealed = Captured.knetPacket("sealed-aes256-sha256");
        for (int length = 0; length < sealed.length; length++) {
            byte[] truncated = Arrays.copyOf(sealed, length);
            assertThatThrownBy(() -> seal.open(truncated)).isInstanceOf(Malformed.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"AES256, SHA256, 1423", "AES192, SHA512, 1391", "NONE, SHA384, 1424", "NONE, NONE, 1472"})
    void fillsADatagram(Cipher cipher, Hash hash, int clearBytes) throws Malformed {
        PacketSeal seal = seal(cipher, hash);
        assertThat(seal.clearBytes(1_472)).isEqualTo(clearBytes);
        byte[] sealed = seal.seal(new byte[clearBytes], new byte[seal.vectorBytes()]);
        assertThat(sealed).hasSize(1_472);
        assertThat(seal.open(sealed)).hasSize(clearBytes);
    }
}
