package dev.ha4j.api.report;

import dev.ha4j.api.config.QuorumOptions;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether this node belongs to the one partition that may act.
 *
 * @param quorate whether it does
 * @param votes that its partition has, with those of the device if they count
 * @param threshold votes that it needs
 * @param expected votes of the whole cluster, of those who are expected now
 * @param configured votes of the whole cluster when everybody is expected, the device included
 * @param rule by which it was decided; empty before the first decision and after the node's end
 * @param options how votes are counted, as the cluster has agreed on it
 * @param device the arbiter outside; empty if the cluster counts none
 * @param explanation in one sentence, with the votes
 */
public record QuorumReport(
        boolean quorate,
        int votes,
        int threshold,
        int expected,
        int configured,
        Optional<QuorumRule> rule,
        QuorumOptions options,
        Optional<QuorumDeviceReport> device,
        String explanation) {

    public QuorumReport {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(explanation, "explanation");
    }
}
