package dev.ha4j.corosync.node;

import dev.ha4j.corosync.CorosyncTraffic;

/** Counts what goes over one link to one node. */
final class Meter {

    private long packetsOut;
    private long bytesOut;
    private long packetsIn;
    private long bytesIn;

    void sent(int bytes) {
        packetsOut++;
        bytesOut += bytes;
    }

    void received(int bytes) {
        packetsIn++;
        bytesIn += bytes;
    }

    CorosyncTraffic report() {
        return new CorosyncTraffic(packetsOut, bytesOut, packetsIn, bytesIn);
    }
}
