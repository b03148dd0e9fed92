package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.AttributeSet;
import dev.ha4j.resources.config.Constraint;
import dev.ha4j.resources.config.OperationEntry;
import dev.ha4j.resources.config.ResourceEntry;
import dev.ha4j.resources.config.Rule;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which attributes of nodes a configuration asks for. A plan depends on no others, but for those that the engine itself gives a
 * meaning: they say of a node that it is in standby, that something failed there, and the like.
 */
public final class NodeAttributesRead {

    private final Set<String> names = new TreeSet<>();

    /** A name that is put together while it is asked for may be any. */
    private boolean any;

    private NodeAttributesRead() {}

    /** Those that these resources and constraints ask for. */
    public static NodeAttributesRead by(List<ResourceEntry> resources, List<Constraint> constraints) {
        NodeAttributesRead read = new NodeAttributesRead();
        resources.forEach(read::add);
        constraints.forEach(read::add);
        return read;
    }

    /** Whether a plan may depend on the attribute; what begins with a {@code #} is about the node's health, or built in. */
    public boolean contains(String attribute) {
        return any || attribute.startsWith("#") || names.contains(attribute);
    }

    private void add(ResourceEntry resource) {
        resource.meta().forEach(this::add);
        resource.parameters().forEach(this::add);
        if (resource instanceof ResourceEntry.Primitive primitive) {
            primitive.utilization().forEach(this::add);
            primitive.operations().forEach(this::add);
        } else if (resource instanceof ResourceEntry.Group group) {
            group.members().forEach(this::add);
        } else if (resource instanceof ResourceEntry.Clone clone) {
            add(clone.child());
        } else if (resource instanceof ResourceEntry.Bundle bundle && bundle.child() != null) {
            add(bundle.child());
        }
    }

    private void add(OperationEntry operation) {
        operation.meta().forEach(this::add);
        operation.parameters().forEach(this::add);
    }

    private void add(AttributeSet set) {
        add(set.rule());
    }

    private void add(Constraint constraint) {
        addName(constraint.get("node-attribute"));
        constraint.sets().forEach(set -> addName(set.get("node-attribute")));
        if (constraint instanceof Constraint.Location location) {
            add(location.rule());
        }
    }

    private void add(@Nullable Rule rule) {
        if (rule != null) {
            addName(rule.scoreAttribute());
            rule.conditions().forEach(this::add);
        }
    }

    private void add(Rule.Condition condition) {
        if (condition instanceof Rule.Nested nested) {
            add(nested.rule());
        } else if (condition instanceof Rule.OnAttribute attribute) {
            addName(attribute.attribute());
        }
    }

    private void addName(@Nullable String name) {
        if (name != null) {
            names.add(name);
            any |= name.indexOf('%') >= 0;
        }
    }
}
