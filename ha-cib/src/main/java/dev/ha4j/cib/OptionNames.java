package dev.ha4j.cib;

import dev.ha4j.resources.config.AttributeSet;
import java.util.List;
import java.util.TreeSet;

/** Reports cluster options that nothing here reads, so that a misspelt one is seen. */
final class OptionNames {
    private static final String KNOWN = """
            batch-limit cancel-removed-actions cib-bootstrap-options cluster-delay cluster-infrastructure cluster-ipc-limit
            cluster-name cluster-recheck-interval concurrent-fencing crmd-transition-delay dc-deadtime dc-version
            enable-acl enable-startup-probes election-timeout fence-reaction fence-remote-without-quorum fencing-action
            fencing-enabled fencing-max-attempts fencing-reaction fencing-timeout fencing-watchdog-timeout have-watchdog
            join-finalization-timeout join-integration-timeout last-lrm-refresh load-threshold maintenance-mode
            migration-limit no-quorum-policy node-action-limit node-health-base node-health-green node-health-red
            node-health-strategy node-health-yellow node-pending-timeout pe-error-series-max pe-input-series-max
            pe-warn-series-max placement-strategy priority-fencing-delay remove-after-stop shutdown-escalation shutdown-lock
            shutdown-lock-limit start-failure-is-fatal startup-fencing stonith-action stonith-enabled stonith-max-attempts
            stonith-timeout stonith-watchdog-timeout stop-all-resources stop-orphan-actions stop-orphan-resources
            stop-removed-resources symmetric-cluster transition-delay""";

    private final List<String> findings;
    private final TreeSet<String> known = new TreeSet<>(List.of(KNOWN.split("\\s+")));

    OptionNames(List<String> findings) {
        this.findings = findings;
    }

    void check(Element configuration, List<AttributeSet> options) {
        int line = configuration.child("crm_config").map(config -> config.line).orElse(configuration.line);
        for (AttributeSet set : options) {
            for (AttributeSet.NamedValue option : set.entries()) {
                if (!known.contains(option.name())) {
                    findings.add("<cluster_property_set id=\"" + set.id() + "\"> after line " + line + ": the option "
                            + option.name() + " is unknown");
                }
            }
        }
    }
}
