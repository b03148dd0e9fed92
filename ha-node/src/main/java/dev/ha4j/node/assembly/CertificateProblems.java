package dev.ha4j.node.assembly;

import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.totem.security.CertificateReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What somebody should look after, of the nodes' certificates. */
record CertificateProblems(CertificateReport certificates, ClusterPolicy policy, long wallMillis) {

    /** Time enough to issue another one. */
    private static final Duration SOON = Duration.ofDays(30);

    List<String> all() {
        List<String> problems = new ArrayList<>();
        Instant now = Instant.ofEpochMilli(wallMillis);
        certificates.ends().forEach((node, end) -> {
            if (now.plus(SOON).isAfter(end)) {
                String when = now.isAfter(end) ? " has expired on " : " expires on ";
                problems.add("the certificate of node " + policy.nameOf(node) + when + end
                        + ": issue another, and give it to that node with admin().changeIdentity(...)");
            }
        });
        certificates
                .doubts()
                .forEach((node, reason) -> problems.add("somebody says to be node " + policy.nameOf(node)
                        + ", and is not believed (" + reason + "): its certificate is wrong, or it is somebody else"));
        return problems;
    }
}
