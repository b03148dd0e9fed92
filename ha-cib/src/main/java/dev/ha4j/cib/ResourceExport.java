package dev.ha4j.cib;

import dev.ha4j.resources.config.OperationEntry;
import dev.ha4j.resources.config.ResourceEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Resources. What a primitive has from its template was merged into it when it was read, so the template is left with the agent
 * alone, and everything else is written with the primitive.
 */
final class ResourceExport {
    private final XmlText xml;
    private final SetExport sets;

    ResourceExport(XmlText xml, SetExport sets) {
        this.xml = xml;
        this.sets = sets;
    }

    void write(List<ResourceEntry> resources) {
        Map<String, ResourceEntry.Primitive> templates = new LinkedHashMap<>();
        resources.forEach(resource -> collectTemplates(resource, templates));
        templates.forEach((name, user) -> {
            Map<String, String> attributes = new LinkedHashMap<>(user.attributes());
            attributes.put("id", name);
            xml.begin("template").set(attributes).end();
        });
        resources.forEach(this::resource);
    }

    private static void collectTemplates(ResourceEntry entry, Map<String, ResourceEntry.Primitive> templates) {
        if (entry instanceof ResourceEntry.Primitive primitive) {
            if (primitive.template() != null) {
                templates.putIfAbsent(primitive.template(), primitive);
            }
        } else if (entry instanceof ResourceEntry.Group group) {
            group.members().forEach(member -> collectTemplates(member, templates));
        } else if (entry instanceof ResourceEntry.Clone clone) {
            collectTemplates(clone.child(), templates);
        } else if (entry instanceof ResourceEntry.Bundle bundle && bundle.child() != null) {
            collectTemplates(bundle.child(), templates);
        }
    }

    private void resource(ResourceEntry entry) {
        if (entry instanceof ResourceEntry.Primitive primitive) {
            primitive(primitive);
        } else if (entry instanceof ResourceEntry.Group group) {
            begin("group", group);
            group.members().forEach(this::primitive);
            xml.end();
        } else if (entry instanceof ResourceEntry.Bundle bundle) {
            bundle(bundle);
        } else {
            ResourceEntry.Clone clone = (ResourceEntry.Clone) entry;
            begin("clone", clone);
            resource(clone.child());
            xml.end();
        }
    }

    private void bundle(ResourceEntry.Bundle bundle) {
        begin("bundle", bundle);
        xml.begin(bundle.technology()).set(bundle.container()).end();
        if (!bundle.network().isEmpty() || !bundle.ports().isEmpty()) {
            xml.begin("network").set(bundle.network());
            bundle.ports().forEach(port -> xml.begin("port-mapping").set(port).end());
            xml.end();
        }
        if (!bundle.mounts().isEmpty()) {
            xml.begin("storage");
            bundle.mounts()
                    .forEach(mount -> xml.begin("storage-mapping").set(mount).end());
            xml.end();
        }
        if (bundle.child() != null) {
            primitive(bundle.child());
        }
        xml.end();
    }

    private void begin(String kind, ResourceEntry entry) {
        xml.begin(kind).set(entry.attributes());
        sets.write("meta_attributes", entry.meta());
        sets.write("instance_attributes", entry.parameters());
    }

    private void primitive(ResourceEntry.Primitive primitive) {
        if (primitive.template() == null) {
            begin("primitive", primitive);
        } else {
            xml.begin("primitive").set("id", primitive.id()).set("template", primitive.template());
            sets.write("meta_attributes", primitive.meta());
            sets.write("instance_attributes", primitive.parameters());
        }
        if (!primitive.operations().isEmpty()) {
            xml.begin("operations");
            primitive.operations().forEach(this::operation);
            xml.end();
        }
        sets.write("utilization", primitive.utilization());
        xml.end();
    }

    private void operation(OperationEntry op) {
        String id = op.attributes().getOrDefault("id", "");
        xml.begin("op");
        if (sets.ids().isKnown("op", id, op)) {
            xml.set("id-ref", id).end();
            return;
        }
        xml.set(op.attributes());
        sets.write("meta_attributes", op.meta());
        sets.write("instance_attributes", op.parameters());
        xml.end();
    }
}
