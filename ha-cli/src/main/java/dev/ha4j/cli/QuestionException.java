package dev.ha4j.cli;

/** What was asked can't be answered; the message says what to change. */
final class QuestionException extends Exception {
    private static final long serialVersionUID = 1;

    QuestionException(String message) {
        super(message);
    }

    QuestionException(String message, Throwable cause) {
        super(message, cause);
    }
}
