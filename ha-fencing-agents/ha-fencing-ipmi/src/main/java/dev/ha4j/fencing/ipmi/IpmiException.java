package dev.ha4j.fencing.ipmi;

/** Why a session could not do its work. Never leaves the package, never carries a secret. */
final class IpmiException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean definite;

    private IpmiException(String message, boolean definite) {
        super(message);
        this.definite = definite;
    }

    /** It is certain that nothing was carried out: somebody said no, or nothing was sent. */
    static IpmiException refused(String message) {
        return new IpmiException(message, true);
    }

    /** Nobody answered, or the answer leaves the outcome open. */
    static IpmiException undecided(String message) {
        return new IpmiException(message, false);
    }

    boolean isDefinite() {
        return definite;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
