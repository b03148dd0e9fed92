package dev.ha4j.resources.verification;

import dev.ha4j.resources.config.NodeEntry;
import dev.ha4j.resources.config.PolicyInput;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks for mistakes in a configuration, all at once: names that stand for nothing, values that nothing takes, orders that wait
 * for each other, colocations that can't hold, resources without a node, nodes without a fence device.
 *
 * <p>What is no mistake of the values but of the document (unknown elements, attributes and cluster options, ids that are
 * there twice) is found by whoever reads it.
 */
public final class Verification {

    private Verification() {}

    /**
     * All that was found, errors and warnings mixed, in the order of the checks. The result depends on its arguments alone. Any
     * thread may call this.
     *
     * @param now rules with dates are judged at this time
     */
    public static List<Finding> of(PolicyInput input, Instant now) {
        Findings findings = new Findings();
        Names names = new Names(input);
        nodes(input, findings);
        new OptionChecks(findings).run(input);
        new ResourceChecks(findings, names).run(input);
        new RemoteChecks(findings, names).run(input);
        RuleChecks.ofSets(input, findings);
        new FencingChecks(findings, names).run(input);
        new ConstraintChecks(findings, names).run(input.constraints());
        new OrderLoops(findings, names).run(input.constraints());
        var reach = new PlacementChecks(findings, names).run(input, now);
        new ColocationConflicts(findings, names, reach).run(input.constraints());
        return findings.all();
    }

    private static void nodes(PolicyInput input, Findings findings) {
        if (input.nodes().isEmpty()) {
            findings.error("", "there is no node", "add the nodes of the cluster");
        }
        Set<String> names = new TreeSet<>();
        Set<String> ids = new TreeSet<>();
        for (NodeEntry node : input.nodes()) {
            if (!names.add(node.name()) || !ids.add(node.id())) {
                findings.error(
                        node.id(),
                        "there are two nodes with the name " + node.name() + " or the id " + node.id(),
                        "remove one of them, or correct its uname or id");
            }
        }
    }
}
