package dev.ha4j.cib;

/** A document can't be read as a CIB; the message names the element, its id and the line. */
public final class CibException extends Exception {
    private static final long serialVersionUID = 1;

    CibException(String message) {
        super(message);
    }

    CibException(String message, Throwable cause) {
        super(message, cause);
    }

    static CibException at(Element element, String what) {
        return new CibException(element.describe() + ": " + what);
    }
}
