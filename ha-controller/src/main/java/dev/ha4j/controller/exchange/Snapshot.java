package dev.ha4j.controller.exchange;

import dev.ha4j.api.state.ClusterState;
import dev.ha4j.controller.codec.Decoded;
import dev.ha4j.controller.codec.Message.SnapshotChunk;
import dev.ha4j.controller.codec.StateCodecs;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A state in pieces: cut by the source, put together by who lacks it. */
public final class Snapshot {

    public static final int MAX_CHUNK_BYTES = 60 * 1024;

    /** A larger state is not taken over. */
    public static final int MAX_BYTES = 256 << 20;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** The chunks of a state, in order. */
    public static List<SnapshotChunk> cut(long ring, ClusterState state) {
        byte[] whole = StateCodecs.STATE.encode(state);
        long checksum = checksum(whole);
        List<SnapshotChunk> chunks = new ArrayList<>();
        for (int at = 0; at < whole.length; at += MAX_CHUNK_BYTES) {
            byte[] piece = Arrays.copyOfRange(whole, at, Math.min(whole.length, at + MAX_CHUNK_BYTES));
            chunks.add(new SnapshotChunk(ring, whole.length, checksum, at, piece));
        }
        return chunks;
    }

    /** Adds the next chunk. The state with the last one; garbage if they don't fit together. */
    public Optional<Decoded<ClusterState>> add(SnapshotChunk chunk) {
        boolean fits = chunk.offset() == bytes.size()
                && chunk.total() <= MAX_BYTES
                && chunk.bytes().length <= chunk.total() - bytes.size();
        if (!fits) {
            return Optional.of(new Decoded.Garbage<>("a snapshot's chunk does not fit"));
        }
        bytes.writeBytes(chunk.bytes());
        if (bytes.size() < chunk.total()) {
            return Optional.empty();
        }
        byte[] whole = bytes.toByteArray();
        return Optional.of(
                checksum(whole) == chunk.checksum()
                        ? StateCodecs.STATE.decode(whole)
                        : new Decoded.Garbage<>("a snapshot's checksum does not fit"));
    }

    /** Whether the chunk is the last one of its snapshot. */
    public static boolean isLast(SnapshotChunk chunk) {
        return chunk.offset() + chunk.bytes().length == chunk.total();
    }

    private static long checksum(byte[] whole) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(whole))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
