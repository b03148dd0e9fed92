package dev.ha4j.fencing.ipmi.wire;

/**
 * All that both sides know after RAKP 2; the codes that prove it and the keys that follow from it (IPMI 2.0, 13.20 to
 * 13.23 and 13.31).
 *
 * @param suite the suite that was granted
 * @param consoleSessionId our id for the session
 * @param bmcSessionId the BMC's id for the session
 * @param consoleRandom 16 random bytes of the console
 * @param bmcRandom 16 random bytes of the BMC
 * @param bmcGuid 16 bytes that name the BMC, zero if it has no name
 * @param role the requested privilege level and the look-up flag
 * @param userName at most 16 bytes
 */
public record RakpTranscript(
        CipherSuite suite,
        int consoleSessionId,
        int bmcSessionId,
        Octets consoleRandom,
        Octets bmcRandom,
        Octets bmcGuid,
        int role,
        Octets userName) {

    /** The length of a password and of a BMC key in bytes; shorter ones are filled with zeros. */
    public static final int KEY_BYTES = 20;

    /** The longest user name in bytes. */
    public static final int MAX_USER_NAME_BYTES = 16;

    /** The code by which the BMC proves that it knows the password. */
    public Octets rakp2Code(Octets password) {
        OctetWriter text = new OctetWriter().int32(consoleSessionId).int32(bmcSessionId);
        text.octets(consoleRandom).octets(bmcRandom).octets(bmcGuid).octets(roleAndName());
        return suite.hmac(password.resized(KEY_BYTES), text.toOctets());
    }

    /** The code by which the console proves that it knows the password. */
    public Octets rakp3Code(Octets password) {
        OctetWriter text = new OctetWriter().octets(bmcRandom).int32(consoleSessionId);
        return suite.hmac(
                password.resized(KEY_BYTES), text.octets(roleAndName()).toOctets());
    }

    /** The key from which all others of the session follow; the BMC key is the password if none is set. */
    public Octets sessionIntegrityKey(Octets bmcKey) {
        return suite.hmac(bmcKey.resized(KEY_BYTES), consoleRandom, bmcRandom, roleAndName());
    }

    /** The code by which the BMC proves that it has the session's key. */
    public Octets rakp4Code(Octets sessionIntegrityKey) {
        Octets text = new OctetWriter()
                .octets(consoleRandom)
                .int32(bmcSessionId)
                .octets(bmcGuid)
                .toOctets();
        return suite.hmac(sessionIntegrityKey, text).slice(0, suite.shortMacBytes());
    }

    private Octets roleAndName() {
        return new OctetWriter().bytes(role, userName.length()).octets(userName).toOctets();
    }
}
