package dev.ha4j.runtime;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link System#nanoTime()}, set forward by the time in which the machine was suspended. That is seen by a second clock that
 * runs on during suspension: {@code /proc/uptime} where it exists, else the wall clock, whose steps forward then count as
 * suspension too. Equal to {@link System#nanoTime()} for as long as nothing was suspended.
 *
 * <p>The second clock is looked at by whoever asks for the time first after {@link #LOOK_NANOS} of running time: a suspension
 * is seen at most that much too late.
 */
public final class BootTimeLeaseClock implements LeaseClock, AutoCloseable {

    /** Readings nearer than this to the last look at the second clock trust it. */
    public static final long LOOK_NANOS = 200_000;

    /** The second clock is coarse (10 ms); a step smaller than this is not taken for a suspension. */
    public static final long STEP_NANOS = 50_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(BootTimeLeaseClock.class);

    private final ReentrantLock looking = new ReentrantLock();
    private final LongSupplier monotonic;
    private final Supplier<OptionalLong> second;
    private final AutoCloseable source;
    private long origin;
    private volatile long lastLook;
    private volatile long suspended;

    BootTimeLeaseClock(LongSupplier monotonic, Supplier<OptionalLong> second, AutoCloseable source) {
        this.monotonic = monotonic;
        this.second = second;
        this.source = source;
        this.lastLook = monotonic.getAsLong();
        this.origin = second.get().orElse(lastLook) - lastLook;
    }

    /** A clock that stands on the best that this machine has. */
    public static BootTimeLeaseClock open() {
        try {
            Uptime uptime = Uptime.open();
            if (uptime.get().isPresent()) {
                return new BootTimeLeaseClock(System::nanoTime, uptime, uptime);
            }
            uptime.close();
        } catch (IOException e) {
            LOG.debug("no {}: suspension is seen by the wall clock", Uptime.PATH, e);
        }
        return new BootTimeLeaseClock(
                System::nanoTime, () -> OptionalLong.of(System.currentTimeMillis() * 1_000_000), () -> {});
    }

    @Override
    public long nanoTime() {
        long now = monotonic.getAsLong();
        if (now - lastLook >= LOOK_NANOS) {
            look();
        }
        return now + suspended;
    }

    /** Time in which this machine was suspended since the clock was opened. */
    public long suspendedNanos() {
        return suspended;
    }

    private void look() {
        looking.lock();
        try {
            long before = monotonic.getAsLong();
            OptionalLong reading = second.get();
            long after = monotonic.getAsLong();
            reading.ifPresent(boot -> compare(boot - after - origin, boot - before - origin));
            lastLook = before;
        } finally {
            looking.unlock();
        }
    }

    /** A thread that had to wait between two readings makes them differ; only what it can't explain is a step. */
    private void compare(long aheadAtLeast, long aheadAtMost) {
        if (aheadAtLeast - suspended >= STEP_NANOS) {
            long step = aheadAtMost - suspended;
            suspended = aheadAtMost;
            LOG.warn("this machine was suspended for {} ms", step / 1_000_000);
        } else if (aheadAtMost - suspended <= -STEP_NANOS) {
            origin += aheadAtMost - suspended;
        }
    }

    @Override
    public void close() {
        try {
            source.close();
        } catch (Exception e) {
            LOG.debug("closing the second clock", e);
        }
    }

    /** Seconds since boot, with two decimals. Not a channel: that would be closed by an interrupted reader. */
    private record Uptime(RandomAccessFile file) implements Supplier<OptionalLong>, AutoCloseable {

        static final String PATH = "/proc/uptime";

        private static final int MAX_BYTES = 64;

        static Uptime open() throws IOException {
            return new Uptime(new RandomAccessFile(PATH, "r"));
        }

        @Override
        public OptionalLong get() {
            try {
                byte[] bytes = new byte[MAX_BYTES];
                file.seek(0);
                int length = file.read(bytes);
                return length <= 0
                        ? OptionalLong.empty()
                        : parse(new String(bytes, 0, length, StandardCharsets.US_ASCII));
            } catch (IOException e) {
                return OptionalLong.empty();
            }
        }

        private static OptionalLong parse(String text) {
            int point = text.indexOf('.');
            int space = text.indexOf(' ');
            if (point < 1 || point > 12 || space != point + 3) {
                return OptionalLong.empty();
            }
            try {
                String digits = text.substring(0, point) + text.substring(point + 1, space);
                return OptionalLong.of(Long.parseLong(digits) * 10_000_000);
            } catch (NumberFormatException e) {
                return OptionalLong.empty();
            }
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
