package dev.ha4j.fencing.ipmi.wire;

import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Protects and opens the packets of one session: AES-CBC-128 inside, a truncated HMAC around it (IPMI 2.0, 13.28.4
 * and 13.29). Nothing is decrypted before its authentication code has been verified. Not thread-safe.
 */
public final class SessionCipher {

    /** The length of an initialization vector, and of an AES block, in bytes. */
    public static final int IV_BYTES = 16;

    private static final int RMCP_HEADER_BYTES = 4;
    private static final int NEXT_HEADER = 0x07;
    private static final int INTEGRITY_PAD = 0xFF;

    private final CipherSuite suite;
    private final Mac mac;
    private final SecretKeySpec aesKey;
    private final Cipher aes;

    /** Derives K1 and K2 from the session integrity key (13.32). */
    public SessionCipher(CipherSuite suite, Octets sessionIntegrityKey) {
        this.suite = suite;
        this.mac = suite.macKeyedBy(suite.hmac(sessionIntegrityKey, constant(1)));
        Octets k2 = suite.hmac(sessionIntegrityKey, constant(2));
        this.aesKey = new SecretKeySpec(k2.slice(0, IV_BYTES).toArray(), "AES");
        this.aes = newAes();
    }

    /** The constants are 20 bytes long for every hash (13.32). */
    private static Octets constant(int value) {
        return new OctetWriter().repeat(value, 20).toOctets();
    }

    private static Cipher newAes() {
        try {
            return Cipher.getInstance("AES/CBC/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks AES/CBC", e);
        }
    }

    /** Makes the whole datagram for an IPMI payload; the vector must be fresh and unpredictable. */
    public Octets seal(int sessionId, int sequence, Octets payload, Octets iv) {
        Octets encrypted = encrypt(payload, iv);
        OctetWriter packet = RmcpPacket.header(
                PayloadType.IPMI | RmcpPacket.ENCRYPTED | RmcpPacket.AUTHENTICATED,
                sessionId,
                sequence,
                encrypted.length());
        packet.octets(encrypted);
        int pad = -(packet.length() - RMCP_HEADER_BYTES + 2) & 3;
        packet.repeat(INTEGRITY_PAD, pad).bytes(pad, NEXT_HEADER);
        return packet.octets(authenticationCode(packet.toOctets())).toOctets();
    }

    /** Verifies and decrypts a packet that was decoded from the given datagram; empty if it isn't genuine. */
    public Optional<Octets> open(Octets datagram, RmcpPacket packet) {
        if (!packet.isProtected() || packet.trailer().length() < 2 + suite.shortMacBytes()) {
            return Optional.empty();
        }
        int codeStart = datagram.length() - suite.shortMacBytes();
        Octets expected = authenticationCode(datagram.slice(0, codeStart));
        return expected.equals(datagram.from(codeStart)) ? decrypt(packet.payload()) : Optional.empty();
    }

    private Octets authenticationCode(Octets packet) {
        byte[] code = mac.doFinal(packet.from(RMCP_HEADER_BYTES).toArray());
        return Octets.of(code).slice(0, suite.shortMacBytes());
    }

    private Octets encrypt(Octets payload, Octets iv) {
        OctetWriter padded = new OctetWriter().octets(payload);
        int pad = -(payload.length() + 1) & (IV_BYTES - 1);
        for (int i = 1; i <= pad; i++) {
            padded.bytes(i);
        }
        padded.bytes(pad);
        return new OctetWriter()
                .octets(iv)
                .octets(aes(Cipher.ENCRYPT_MODE, iv, padded.toOctets()))
                .toOctets();
    }

    private Optional<Octets> decrypt(Octets encrypted) {
        if (encrypted.length() < 2 * IV_BYTES || encrypted.length() % IV_BYTES != 0) {
            return Optional.empty();
        }
        Octets plain = aes(Cipher.DECRYPT_MODE, encrypted.slice(0, IV_BYTES), encrypted.from(IV_BYTES));
        int pad = plain.unsigned(plain.length() - 1);
        int length = plain.length() - 1 - pad;
        return pad < IV_BYTES && isPadded(plain, length, pad) ? Optional.of(plain.slice(0, length)) : Optional.empty();
    }

    private static boolean isPadded(Octets plain, int start, int pad) {
        for (int i = 0; i < pad; i++) {
            if (plain.unsigned(start + i) != i + 1) {
                return false;
            }
        }
        return true;
    }

    private Octets aes(int mode, Octets iv, Octets blocks) {
        try {
            aes.init(mode, aesKey, new IvParameterSpec(iv.toArray()));
            return Octets.of(aes.doFinal(blocks.toArray()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES refused whole blocks", e);
        }
    }
}
