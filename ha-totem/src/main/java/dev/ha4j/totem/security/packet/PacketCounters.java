package dev.ha4j.totem.security.packet;

import dev.ha4j.api.NodeId;
import dev.ha4j.totem.security.CertificateReport;
import dev.ha4j.totem.security.RejectReason;
import dev.ha4j.totem.security.SecurityReport;
import dev.ha4j.totem.security.packet.OpenResult.Opened;
import dev.ha4j.totem.security.packet.OpenResult.Rejected;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;

/** Counts what became of received datagrams. */
final class PacketCounters {

    private final Map<RejectReason, Long> rejected = new EnumMap<>(RejectReason.class);
    private long opened;

    PacketCounters() {
        for (RejectReason reason : RejectReason.values()) {
            rejected.put(reason, 0L);
        }
    }

    void count(OpenResult result) {
        if (result instanceof Opened) {
            opened++;
        } else if (result instanceof Rejected rejection) {
            rejected.merge(rejection.reason(), 1L, Long::sum);
        }
    }

    long opened() {
        return opened;
    }

    SecurityReport report(
            SortedMap<NodeId, Integer> confirmedPeers,
            SortedMap<NodeId, Long> removedPeers,
            SortedMap<NodeId, Long> twins,
            int keyId,
            SortedSet<Integer> acceptedKeyIds,
            CertificateReport certificates) {
        return new SecurityReport(
                opened,
                Collections.unmodifiableMap(new EnumMap<>(rejected)),
                Collections.unmodifiableSortedMap(confirmedPeers),
                Collections.unmodifiableSortedMap(removedPeers),
                Collections.unmodifiableSortedMap(twins),
                keyId,
                Collections.unmodifiableSortedSet(acceptedKeyIds),
                certificates);
    }
}
