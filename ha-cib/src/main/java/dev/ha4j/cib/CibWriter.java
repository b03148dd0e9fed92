package dev.ha4j.cib;

import dev.ha4j.resources.config.Header;
import dev.ha4j.resources.config.NodeEntry;
import dev.ha4j.resources.config.PolicyInput;
import dev.ha4j.resources.config.ResourceEntry;
import java.util.List;
import java.util.Map;

/**
 * Writes CIB XML that Pacemaker 2.1 and this package read. May be called from any thread.
 *
 * <p>Reading what was written gives an equal {@link PolicyInput}. What a {@code PolicyInput} does not hold is not there: ids of
 * single pairs and expressions are made up, and templates hold their agent only (the rest is written with each resource). Access
 * lists, alerts and fencing levels, which no plan depends on, are in the {@link Cib} that was read, and are written if it is given.
 */
public final class CibWriter {
    /** The newest schema of Pacemaker 2.1; it takes the old and the new names of roles. */
    private static final String SCHEMA = "pacemaker-3.9";

    /** Some decisions of Pacemaker depend on it; it refuses what is newer than itself, and this is 2.1.5. */
    private static final String FEATURES = "3.16.1";

    private final PolicyInput input;
    private final XmlText xml = new XmlText();
    private final SetExport sets;
    private final CarriedOver carriedOver;

    private CibWriter(PolicyInput input, CarriedOver carriedOver) {
        this.input = input;
        this.carriedOver = carriedOver;
        sets = new SetExport(xml, reserved(input, carriedOver));
    }

    /**
     * The document as text, to be stored as UTF-8, with what the one that it was made from holds besides.
     *
     * @throws IllegalArgumentException if a text holds a character that XML can't
     */
    public static String write(PolicyInput input, Cib origin) {
        return new CibWriter(input, origin.carriedOver()).write();
    }

    /**
     * The document as text, to be stored as UTF-8.
     *
     * @throws IllegalArgumentException if a text holds a character that XML can't
     */
    public static String write(PolicyInput input) {
        return new CibWriter(input, CarriedOver.NOTHING).write();
    }

    private String write() {
        header(input.header());
        xml.begin("configuration");
        xml.begin("crm_config");
        sets.write("cluster_property_set", input.options());
        xml.end();
        xml.begin("nodes");
        input.nodes().forEach(this::node);
        xml.end();
        xml.begin("resources");
        new ResourceExport(xml, sets).write(input.resources());
        xml.end();
        xml.begin("constraints");
        new ConstraintExport(xml, sets).write(input.constraints());
        xml.end();
        tags();
        defaults("rsc_defaults", input.resourceDefaults());
        defaults("op_defaults", input.operationDefaults());
        carriedOver.write(xml);
        xml.end();
        new StatusExport(xml, sets).write(input.status());
        return xml.end().toString();
    }

    private void header(Header header) {
        xml.begin("cib")
                .set("validate-with", SCHEMA)
                .set("crm_feature_set", FEATURES)
                .set("admin_epoch", "0")
                .set("epoch", "1")
                .set("num_updates", "0")
                .set("have-quorum", header.haveQuorum() ? "1" : "0");
        if (header.quorumPanic()) {
            xml.set("no-quorum-panic", "1");
        }
        xml.set("dc-uuid", header.coordinator());
        header.executionSeconds().ifPresent(seconds -> xml.set("execution-date", Long.toString(seconds)));
    }

    private void node(NodeEntry node) {
        xml.begin("node").set("id", node.id()).set("uname", node.name());
        xml.set("type", node.remote() ? "remote" : "member");
        if (node.score() != 0) {
            xml.set("score", SetExport.score(node.score()));
        }
        sets.write("instance_attributes", node.attributes());
        sets.write("utilization", node.utilization());
        xml.end();
    }

    private void tags() {
        if (input.tags().isEmpty()) {
            return;
        }
        xml.begin("tags");
        for (Map.Entry<String, List<String>> tag : input.tags().entrySet()) {
            xml.begin("tag").set("id", tag.getKey());
            tag.getValue()
                    .forEach(member -> xml.begin("obj_ref").set("id", member).end());
            xml.end();
        }
        xml.end();
    }

    private void defaults(String section, List<dev.ha4j.resources.config.AttributeSet> defaults) {
        if (!defaults.isEmpty()) {
            xml.begin(section);
            sets.write("meta_attributes", defaults);
            xml.end();
        }
    }

    /** Ids of the configuration, which none that is made up may equal. */
    private static WrittenIds reserved(PolicyInput input, CarriedOver carriedOver) {
        WrittenIds ids = new WrittenIds();
        carriedOver.ids().forEach(ids::reserve);
        input.resources().forEach(resource -> reserve(resource, ids));
        input.constraints().forEach(constraint -> ids.reserve(constraint.id()));
        input.options().forEach(set -> ids.reserve(set.id()));
        input.nodes().forEach(node -> ids.reserve(node.id()));
        return ids;
    }

    private static void reserve(ResourceEntry entry, WrittenIds ids) {
        ids.reserve(entry.id());
        entry.meta().forEach(set -> ids.reserve(set.id()));
        entry.parameters().forEach(set -> ids.reserve(set.id()));
        if (entry instanceof ResourceEntry.Group group) {
            group.members().forEach(member -> reserve(member, ids));
        } else if (entry instanceof ResourceEntry.Clone clone) {
            reserve(clone.child(), ids);
        } else if (entry instanceof ResourceEntry.Bundle bundle) {
            reserveContents(bundle, ids);
        } else if (entry instanceof ResourceEntry.Primitive primitive) {
            primitive.operations().forEach(op -> ids.reserve(op.attributes().getOrDefault("id", "")));
        }
    }

    private static void reserveContents(ResourceEntry.Bundle bundle, WrittenIds ids) {
        bundle.ports().forEach(port -> ids.reserve(port.getOrDefault("id", "")));
        bundle.mounts().forEach(mount -> ids.reserve(mount.getOrDefault("id", "")));
        if (bundle.child() != null) {
            reserve(bundle.child(), ids);
        }
    }
}
