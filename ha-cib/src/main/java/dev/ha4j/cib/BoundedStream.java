package dev.ha4j.cib;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Fails beyond a number of bytes. */
final class BoundedStream extends FilterInputStream {

    private long left;

    BoundedStream(InputStream in, long bytes) {
        super(in);
        left = bytes;
    }

    @Override
    public int read() throws IOException {
        int value = in.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = in.read(target, offset, length);
        count(Math.max(0, count));
        return count;
    }

    private void count(int bytes) throws IOException {
        left -= bytes;
        if (left < 0) {
            throw new IOException("the document is larger than what is read");
        }
    }
}
