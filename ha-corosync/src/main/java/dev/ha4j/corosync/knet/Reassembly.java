package dev.ha4j.corosync.knet;

import dev.ha4j.corosync.knet.KnetPacket.Fragment;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts one sender's frames together from fragments in any order. */
final class Reassembly {

    /** More at a time, and the oldest one is given up. */
    static final int MAX_PARTIAL_FRAMES = 32;

    private final Map<Long, Partial> partials = new LinkedHashMap<>();
    private final Consumer<String> count;

    private static final class Partial {
        private final byte[] @Nullable [] contents;
        private int missing;
        private int bytes;

        Partial(int fragments) {
            contents = new byte[fragments][];
            missing = fragments;
        }

        void add(Fragment fragment) {
            if (contents[fragment.number() - 1] == null) {
                contents[fragment.number() - 1] = fragment.content();
                missing--;
                bytes += fragment.content().length;
            }
        }

        byte[] join() {
            byte[] frame = new byte[bytes];
            int offset = 0;
            for (byte[] content : contents) {
                if (content != null) {
                    System.arraycopy(content, 0, frame, offset, content.length);
                    offset += content.length;
                }
            }
            return frame;
        }
    }

    /**
     * Nothing is under way.
     *
     * @param count hears what was given up
     */
    Reassembly(Consumer<String> count) {
        this.count = count;
    }

    void forget() {
        partials.clear();
    }

    /** What is older will not be completed. */
    void giveUpBefore(long position) {
        if (partials.keySet().removeIf(older -> older < position)) {
            count.accept("frame given up");
        }
    }

    /**
     * The frame, if this was the last one that it missed.
     *
     * @param position of the frame, which its number is not: that comes again
     */
    Optional<byte[]> add(long position, Fragment fragment) {
        Partial partial = partial(position, fragment);
        partial.add(fragment);
        if (partial.bytes > Knet.MAX_FRAME_BYTES) {
            partials.remove(position);
            count.accept("frame too long");
            return Optional.empty();
        }
        if (partial.missing > 0) {
            return Optional.empty();
        }
        partials.remove(position);
        return Optional.of(partial.join());
    }

    private Partial partial(long position, Fragment fragment) {
        Partial known = partials.get(position);
        if (known != null && known.contents.length == fragment.count()) {
            return known;
        }
        if (known != null) {
            partials.remove(position);
            count.accept("frame of two lengths");
        }
        if (partials.size() == MAX_PARTIAL_FRAMES) {
            Iterator<Partial> oldest = partials.values().iterator();
            oldest.next();
            oldest.remove();
            count.accept("frame given up");
        }
        Partial partial = new Partial(fragment.count());
        partials.put(position, partial);
        return partial;
    }
}
