package dev.ha4j.controller.codec;

/** The version in front of whatever outlives a process or is sent. One is read: before 1.0 nothing is carried over. */
final class Formats {

    private Formats() {}

    /** Of what is on disk: what another version wrote is refused by name. */
    static void check(Reader in, int known) {
        int format = positive(in);
        if (format != known) {
            throw new UnknownKind(words(format, known));
        }
    }

    /** Of what was sent: whoever is older stops when it hears of the newer format, and must not stop the others. */
    static void checkSent(Reader in, int known) {
        int format = positive(in);
        if (format < known) {
            throw new Malformed(words(format, known));
        }
        if (format > known) {
            throw new UnknownKind(words(format, known));
        }
    }

    private static int positive(Reader in) {
        int format = in.oneByte();
        if (format < 1) {
            throw new Malformed("format " + format);
        }
        return format;
    }

    private static String words(int format, int known) {
        return "format " + format + (format > known ? ", newer than " : ", older than ") + known;
    }
}
