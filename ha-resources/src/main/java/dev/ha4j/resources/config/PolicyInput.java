package dev.ha4j.resources.config;

import java.util.List;
import java.util.Map;

/**
 * Everything a plan is made from. Lists keep the order of the configuration, which decides ties.
 *
 * @param header facts about the configuration as a whole
 * @param options sets of cluster options
 * @param nodes configured nodes
 * @param resources resources at the top, templates already merged into them
 * @param constraints constraints of all kinds
 * @param resourceDefaults meta attributes of every resource
 * @param operationDefaults meta attributes of every operation
 * @param tags ids that a tag stands for, by its name
 * @param status what was observed
 * @param runtime what a running cluster knows besides
 */
public record PolicyInput(
        Header header,
        List<AttributeSet> options,
        List<NodeEntry> nodes,
        List<ResourceEntry> resources,
        List<Constraint> constraints,
        List<AttributeSet> resourceDefaults,
        List<AttributeSet> operationDefaults,
        Map<String, List<String>> tags,
        Status status,
        RuntimeFacts runtime) {

    /** What a configuration file says, and no more. */
    public PolicyInput(
            Header header,
            List<AttributeSet> options,
            List<NodeEntry> nodes,
            List<ResourceEntry> resources,
            List<Constraint> constraints,
            List<AttributeSet> resourceDefaults,
            List<AttributeSet> operationDefaults,
            Map<String, List<String>> tags,
            Status status) {
        this(
                header,
                options,
                nodes,
                resources,
                constraints,
                resourceDefaults,
                operationDefaults,
                tags,
                status,
                RuntimeFacts.NONE);
    }

    public PolicyInput {
        options = List.copyOf(options);
        nodes = List.copyOf(nodes);
        resources = List.copyOf(resources);
        constraints = List.copyOf(constraints);
        resourceDefaults = List.copyOf(resourceDefaults);
        operationDefaults = List.copyOf(operationDefaults);
    }

    /** The same with other facts about the whole. */
    public PolicyInput withHeader(Header changed) {
        return new PolicyInput(
                changed,
                options,
                nodes,
                resources,
                constraints,
                resourceDefaults,
                operationDefaults,
                tags,
                status,
                runtime);
    }

    /** The same configuration with other observations. */
    public PolicyInput withStatus(Status changed) {
        return new PolicyInput(
                header,
                options,
                nodes,
                resources,
                constraints,
                resourceDefaults,
                operationDefaults,
                tags,
                changed,
                runtime);
    }
}
