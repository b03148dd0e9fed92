package dev.ha4j.controller.codec;

/** The version of the format, in front of whatever outlives a process. */
final class Formats {

    private Formats() {}

    /** Nothing older is read either: what its fields mean has changed. */
    static void check(Reader in, int known) {
        int format = in.oneByte();
        if (format < 1) {
            throw new Malformed("format " + format);
        }
        if (format != known) {
            throw new UnknownKind("format " + format + (format > known ? ", newer than " : ", older than ") + known);
        }
    }
}
