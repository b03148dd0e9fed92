package dev.ha4j.controller.codec;

/** Log entries as bytes. */
final class LogCodecs {

    /** Of what is written; nothing else is read. */
    private static final int FORMAT = 2;

    static final Codec<LogEntry> ENTRY = Codec.of(LogCodecs::write, LogCodecs::read);

    static final Codec<LogEntry.Checkpoint> CHECKPOINT =
            Codecs.mapped(StateCodecs.STATE, LogEntry.Checkpoint::new, LogEntry.Checkpoint::state);

    private LogCodecs() {}

    private static void write(Writer out, LogEntry entry) {
        out.oneByte(FORMAT);
        if (entry instanceof LogEntry.Applied applied) {
            out.oneByte(1);
            out.put(StateCodecs.VERSION, applied.version())
                    .put(PolicyCodecs.NODE_ID, applied.sender())
                    .put(CommandCodecs.COMMAND, applied.command());
        } else if (entry instanceof LogEntry.Promised promised) {
            out.oneByte(2);
            out.put(Codecs.LONG, promised.epoch()).put(StateCodecs.VERSION, promised.base());
        }
    }

    private static LogEntry read(Reader in) {
        Formats.check(in, FORMAT);
        int tag = in.oneByte();
        return switch (tag) {
            case 1 ->
                new LogEntry.Applied(
                        in.get(StateCodecs.VERSION), in.get(PolicyCodecs.NODE_ID), in.get(CommandCodecs.COMMAND));
            case 2 -> new LogEntry.Promised(in.get(Codecs.LONG), in.get(StateCodecs.VERSION));
            default -> throw new UnknownKind("log entry " + tag);
        };
    }
}
