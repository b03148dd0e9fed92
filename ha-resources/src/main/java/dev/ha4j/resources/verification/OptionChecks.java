package dev.ha4j.resources.verification;

import dev.ha4j.resources.config.AttributeSet;
import dev.ha4j.resources.config.AttributeSet.NamedValue;
import dev.ha4j.resources.config.OperationEntry;
import dev.ha4j.resources.config.PolicyInput;
import dev.ha4j.resources.config.ResourceEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Options of the cluster, of resources and of operations: names that nothing knows, values that nothing takes. */
final class OptionChecks {
    private final Findings findings;
    private final Map<String, Value> ofAnyResource = new TreeMap<>(KnownOptions.RESOURCE);

    OptionChecks(Findings findings) {
        this.findings = findings;
        ofAnyResource.putAll(KnownOptions.CLONE);
    }

    void run(PolicyInput input) {
        input.options().forEach(set -> values(set.id(), "the option", set, KnownOptions.CLUSTER));
        input.resourceDefaults().forEach(set -> all(set.id(), "the meta attribute", set, ofAnyResource));
        input.operationDefaults()
                .forEach(set -> all(set.id(), "the option of operations", set, KnownOptions.OPERATION));
        input.resources().forEach(this::resource);
    }

    private void resource(ResourceEntry entry) {
        boolean clone = entry instanceof ResourceEntry.Clone;
        Map<String, Value> known = clone ? ofAnyResource : KnownOptions.RESOURCE;
        for (AttributeSet set : entry.meta()) {
            if (!clone) {
                misplaced(entry.id(), set);
            }
            all(entry.id(), "the meta attribute", set, clone ? known : ofAnyResource);
        }
        if (entry instanceof ResourceEntry.Group group) {
            group.members().forEach(this::resource);
        } else if (entry instanceof ResourceEntry.Clone parent) {
            resource(parent.child());
        } else if (entry instanceof ResourceEntry.Bundle bundle) {
            if (bundle.child() != null) {
                resource(bundle.child());
            }
        } else if (entry instanceof ResourceEntry.Primitive primitive) {
            primitive.operations().forEach(op -> operation(primitive.id(), op));
        }
    }

    /** Q: a clone's option on what is in the clone is read by nobody. */
    private void misplaced(String id, AttributeSet set) {
        for (NamedValue entry : set.entries()) {
            if (KnownOptions.CLONE.containsKey(entry.name()) && !KnownOptions.RESOURCE.containsKey(entry.name())) {
                findings.warning(
                        id,
                        "the meta attribute " + entry.name() + " has no effect here",
                        "give it to the clone, not to what is in it");
            }
        }
    }

    private void operation(String resource, OperationEntry op) {
        String id = op.attributes().getOrDefault("id", resource);
        op.attributes().forEach((name, value) -> check(id, "the option", name, value, KnownOptions.OPERATION));
        op.meta().forEach(set -> all(id, "the option of operations", set, KnownOptions.OPERATION));
    }

    /** Names and values. */
    private void all(String id, String what, AttributeSet set, Map<String, Value> known) {
        for (NamedValue entry : set.entries()) {
            if (known.containsKey(entry.name())) {
                check(id, what, entry.name(), entry.value(), known);
            } else {
                findings.warning(
                        id,
                        what + " " + entry.name() + " is unknown and has no effect",
                        Spelling.remedy(entry.name(), known.keySet(), "remove it, or look up its name"));
            }
        }
    }

    /** Values only: names that nothing knows are reported by whoever reads the document. */
    private void values(String id, String what, AttributeSet set, Map<String, Value> known) {
        set.entries().forEach(entry -> check(id, what, entry.name(), entry.value(), known));
    }

    private void check(String id, String what, String name, String value, Map<String, Value> known) {
        Value wanted = known.get(name);
        if (wanted == null || wanted.accepts(value)) {
            return;
        }
        Optional<String> read = wanted.readAs(value);
        if (read.isPresent()) {
            findings.warning(
                    id,
                    what + " " + name + " is \"" + value + "\", and is read as " + read.get(),
                    "write " + wanted.example());
        } else {
            findings.error(id, what + " " + name + " can't be \"" + value + "\"", "write " + wanted.example());
        }
    }

    static List<NamedValue> entries(List<AttributeSet> sets) {
        return sets.stream().flatMap(set -> set.entries().stream()).toList();
    }
}
