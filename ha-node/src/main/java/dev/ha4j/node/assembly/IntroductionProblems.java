package dev.ha4j.node.assembly;

import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.totem.security.RejectReason;
import dev.ha4j.totem.security.SecurityReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What somebody should look after, of what nodes show to each other before they speak. */
record IntroductionProblems(SecurityReport security, ClusterPolicy policy, long wallMillis) {

    /** Time enough to issue another one. */
    private static final Duration SOON = Duration.ofDays(30);

    List<String> all() {
        List<String> problems = new ArrayList<>();
        Instant now = Instant.ofEpochMilli(wallMillis);
        security.certificates().ends().forEach((node, end) -> {
            if (now.plus(SOON).isAfter(end)) {
                String when = now.isAfter(end) ? " has expired on " : " expires on ";
                problems.add("the certificate of node " + policy.nameOf(node) + when + end
                        + ": issue another, and give it to that node with admin().changeIdentity(...)");
            }
        });
        security.certificates().doubts().forEach((node, reason) -> problems.add(doubt(policy.nameOf(node), reason)));
        security.twins().forEach((node, refused) -> problems.add(twin(policy.nameOf(node), refused)));
        return problems;
    }

    private static String twin(String node, long refused) {
        return "another process says to be node " + node + ", which lives, and was refused " + refused
                + " times: stop it, or give it an id of its own. If there is none, somebody plays packets of an earlier life of "
                + node + " again";
    }

    private static String doubt(String node, RejectReason reason) {
        return reason == RejectReason.OTHER_SETTINGS
                ? "node " + node
                        + " has another token timeout, on which leases rest, and is refused: start it with the same"
                        + " as the others, or all with another one"
                : "somebody says to be node " + node + ", and is not believed (" + reason
                        + "): its certificate is wrong, or it is somebody else";
    }
}
