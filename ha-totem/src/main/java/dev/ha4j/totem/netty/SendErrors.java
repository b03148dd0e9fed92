package dev.ha4j.totem.netty;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the kernel didn't send one way: no route, no buffer, a firewall of this host. Says so when it begins. On the loop only. */
final class SendErrors {

    private static final Logger LOG = LoggerFactory.getLogger(UdpRing.class);

    /** What comes again after so long has begun anew. */
    private static final long QUIET_NANOS = 60_000_000_000L;

    private final String where;
    private long count;
    private long lastNanos;

    /** @param where to, in words */
    SendErrors(String where) {
        this.where = where;
    }

    void failed(Throwable cause, long nowNanos) {
        if (count == 0 || nowNanos - lastNanos > QUIET_NANOS) {
            LOG.warn("can't send to {}: {}", where, cause.getMessage());
        }
        count++;
        lastNanos = nowNanos;
    }

    long count() {
        return count;
    }
}
