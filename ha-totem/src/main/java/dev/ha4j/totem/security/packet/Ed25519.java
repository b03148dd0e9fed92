package dev.ha4j.totem.security.packet;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * Ed25519 signatures in a fraction of the time that the JDK takes for them, which is the ring's. Keys of other kinds, and those that
 * don't show their bytes, are left to the JDK.
 *
 * <p>Source: RFC 8032.
 */
final class Ed25519 {

    private static final String NAME = NamedParameterSpec.ED25519.getName();

    /** X.509 puts the key's bytes behind so many that say what kind it is. */
    private static final int ENCODED_KEY_OFFSET = 12;

    private Ed25519() {}

    static Optional<Ed25519PrivateKeyParameters> privateKey(PrivateKey key) {
        return key instanceof EdECPrivateKey edwards
                        && edwards.getParams().getName().equals(NAME)
                ? edwards.getBytes().map(Ed25519PrivateKeyParameters::new)
                : Optional.empty();
    }

    /** Empty also if the bytes are no key. */
    static Optional<Ed25519PublicKeyParameters> publicKey(PublicKey key) {
        if (!(key instanceof EdECPublicKey edwards)
                || !edwards.getParams().getName().equals(NAME)) {
            return Optional.empty();
        }
        byte[] encoded = key.getEncoded();
        if (encoded.length != ENCODED_KEY_OFFSET + Ed25519PublicKeyParameters.KEY_SIZE) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Ed25519PublicKeyParameters(Arrays.copyOfRange(encoded, ENCODED_KEY_OFFSET, encoded.length)));
        } catch (IllegalArgumentException e) { // no point of the curve
            return Optional.empty();
        }
    }

    static byte[] sign(Ed25519PrivateKeyParameters key, byte[] statement) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, key);
        signer.update(statement, 0, statement.length);
        return signer.generateSignature();
    }

    static boolean isSignedBy(Ed25519PublicKeyParameters key, byte[] statement, byte[] signature) {
        Ed25519Signer verifier = new Ed25519Signer();
        verifier.init(false, key);
        verifier.update(statement, 0, statement.length);
        return verifier.verifySignature(signature);
    }
}
