package dev.ha4j.totem.security;

import dev.ha4j.api.NodeId;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * What packet security has seen since it was created.
 *
 * @param opened packets handed on as authentic
 * @param rejected dropped datagrams by reason; each reason is present
 * @param confirmedPeers peers whose session is confirmed, with the key id in which they send
 * @param removedPeers nodes that were removed while this one ran, and how often each was refused since
 * @param twins living peers whose id another process claims, or claimed a minute ago, and how often that was refused; it may
 *     also be an earlier life of the peer whose packets somebody plays again and again
 * @param keyId the key in which this node sends
 * @param acceptedKeyIds keys in which others may send
 * @param certificates of the nodes
 */
public record SecurityReport(
        long opened,
        Map<RejectReason, Long> rejected,
        SortedMap<NodeId, Integer> confirmedPeers,
        SortedMap<NodeId, Long> removedPeers,
        SortedMap<NodeId, Long> twins,
        int keyId,
        SortedSet<Integer> acceptedKeyIds,
        CertificateReport certificates) {

    public long rejectedTotal() {
        return rejected.values().stream().mapToLong(Long::longValue).sum();
    }
}
