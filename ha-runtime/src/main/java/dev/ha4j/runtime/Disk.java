package dev.ha4j.runtime;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * One flat directory of files. Methods block; one thread at a time. What was appended or written is safe only after
 * {@link #force}; a name that was created, replaced or deleted is safe only after {@link #forceNames}. A crash may leave any
 * prefix of what was not forced, also a torn one.
 */
public interface Disk {

    /** Names of all files, sorted. */
    List<String> list() throws IOException;

    /** The content; empty if there is no such file. */
    Optional<byte[]> read(String name) throws IOException;

    /** Appends to the file, which is created if it is not there. */
    void append(String name, byte[] bytes) throws IOException;

    /** Cuts the file to the given length. */
    void truncate(String name, long length) throws IOException;

    /** Makes the content of the file safe. */
    void force(String name) throws IOException;

    /** Gives a file another name, replacing a file of that name at once. */
    void rename(String from, String to) throws IOException;

    void delete(String name) throws IOException;

    /** Makes creations, renames and deletions safe. */
    void forceNames() throws IOException;
}
