package dev.ha4j.fencing.ipmi.wire;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The two cipher suites that ha4j speaks (IPMI 2.0, table 22-20). All others lack authentication, integrity or
 * encryption, or rest on MD5 or RC4, and are not even representable here.
 */
public enum CipherSuite {
    /** RAKP-HMAC-SHA1, HMAC-SHA1-96, AES-CBC-128: for BMCs that know no better. */
    SUITE_3(3, 1, 1, "HmacSHA1", 20, 12),
    /** RAKP-HMAC-SHA256, HMAC-SHA256-128, AES-CBC-128: the default. */
    SUITE_17(17, 3, 4, "HmacSHA256", 32, 16);

    private static final int AES_CBC_128 = 1;

    private final int number;
    private final int authentication;
    private final int integrity;
    private final String macName;
    private final int macBytes;
    private final int shortMacBytes;

    CipherSuite(int number, int authentication, int integrity, String macName, int macBytes, int shortMacBytes) {
        this.number = number;
        this.authentication = authentication;
        this.integrity = integrity;
        this.macName = macName;
        this.macBytes = macBytes;
        this.shortMacBytes = shortMacBytes;
    }

    /**
     * The suite with an IPMI number.
     *
     * @throws IllegalArgumentException for every number but 3 and 17
     */
    public static CipherSuite numbered(int number) {
        for (CipherSuite suite : values()) {
            if (suite.number == number) {
                return suite;
            }
        }
        throw new IllegalArgumentException("IPMI cipher suite " + number
                + " is refused: only 17 (preferred) and 3 authenticate and encrypt; set the BMC to allow one of them");
    }

    /** The suite that consists of these algorithms, if it is one of the two. */
    public static Optional<CipherSuite> of(Algorithms algorithms) {
        for (CipherSuite suite : values()) {
            if (suite.algorithms().equals(algorithms)) {
                return Optional.of(suite);
            }
        }
        return Optional.empty();
    }

    /** The suite's number in the standard. */
    public int number() {
        return number;
    }

    /** What to propose in Open Session. */
    public Algorithms algorithms() {
        return new Algorithms(authentication, integrity, AES_CBC_128);
    }

    /** The length in bytes of a whole authentication code. */
    public int macBytes() {
        return macBytes;
    }

    /** The length in bytes of the truncated code in RAKP 4 and at the end of each packet. */
    public int shortMacBytes() {
        return shortMacBytes;
    }

    /** HMAC of the concatenated parts. */
    Octets hmac(Octets key, Octets... parts) {
        Mac mac = macKeyedBy(key);
        for (Octets part : parts) {
            mac.update(part.toArray());
        }
        return Octets.of(mac.doFinal());
    }

    Mac macKeyedBy(Octets key) {
        try {
            Mac mac = Mac.getInstance(macName);
            mac.init(new SecretKeySpec(key.toArray(), macName));
            return mac;
        } catch (InvalidKeyException e) {
            throw new IllegalArgumentException("unusable HMAC key", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks " + macName, e);
        }
    }
}
