package dev.ha4j.cib;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reports elements and attributes that nobody reads, and ids that are there twice, so that a misspelt one is seen. */
final class Vocabulary {
    /** Element, then its attributes, as CIB schemas 1.0 to 3.x have them. */
    private static final String ATTRIBUTES = """
            primitive id class provider type template description uname
            template id class provider type description
            group id description ordered collocated
            clone id description
            master id description
            bundle id description
            docker image replicas replicas-per-host promoted-max masters run-command network options
            podman image replicas replicas-per-host promoted-max masters run-command network options
            network id ip-range-start control-port host-interface host-netmask add-host
            port-mapping id port internal-port range
            storage id
            storage-mapping id source-dir source-dir-root target-dir options
            op id id-ref name interval timeout role enabled on-fail start-delay interval-origin description requires \
            record-pending depth
            operations id id-ref
            node id uname type score description
            rsc_location id rsc rsc-pattern node score role resource-discovery score-attribute
            rsc_colocation id rsc with-rsc rsc-role with-rsc-role rsc-instance with-rsc-instance score influence \
            node-attribute score-attribute score-attribute-mangle lifetime
            rsc_order id first then first-action then-action first-instance then-instance kind score symmetrical require-all
            rsc_ticket id rsc rsc-role ticket loss-policy
            resource_set id id-ref sequential action role score ordering kind require-all score-attribute symmetrical \
            score-attribute-mangle
            resource_ref id
            rule id id-ref boolean-op boolean_op score score-attribute score_attribute role
            expression id id-ref attribute operation value value-source type
            date_expression id id-ref operation start end
            rsc_expression id id-ref class provider type
            op_expression id id-ref name interval
            nvpair id id-ref name value
            meta_attributes id id-ref score
            instance_attributes id id-ref score
            utilization id id-ref score
            cluster_property_set id id-ref score
            tag id description
            obj_ref id
            lifetime id""";

    /** What is not read, and harms no plan. */
    private static final List<String> PASSED_OVER = List.of("date_spec", "duration");

    private static final List<String> STRUCTURE = List.of(
            "configuration",
            "crm_config",
            "nodes",
            "resources",
            "constraints",
            "rsc_defaults",
            "op_defaults",
            "tags",
            "attributes");

    /** What is unknown below these, those who read them report. */
    private static final List<String> REPORTED_ELSEWHERE = List.of("resources", "constraints");

    /** Elements whose children name things that are elsewhere. */
    private static final List<String> REFERENCES = List.of("resource_ref", "obj_ref");

    private final List<String> findings;
    private final Map<String, TreeSet<String>> known = new TreeMap<>();
    private final Map<String, String> places = new LinkedHashMap<>();
    private final Set<String> things = new TreeSet<>();
    private final List<Element> references = new ArrayList<>();

    Vocabulary(List<String> findings) {
        this.findings = findings;
        for (String line : ATTRIBUTES.split("\n", -1)) {
            List<String> words = List.of(line.split(" ", -1));
            known.put(words.get(0), new TreeSet<>(words.subList(1, words.size())));
        }
    }

    /** Where each id is. */
    Map<String, String> check(Element configuration) {
        element(configuration, "cib");
        for (Element reference : references) {
            String id = reference.get("id-ref", "");
            if (!things.contains(reference.name + ' ' + id)) {
                findings.add(reference.describe() + ": there is no <" + reference.name + " id=\"" + id
                        + "\"> to refer to; it is empty");
            }
        }
        return places;
    }

    private void element(Element element, String parent) {
        if (PASSED_OVER.contains(element.name) || CarriedOver.SECTIONS.contains(element.name)) {
            return;
        }
        TreeSet<String> attributes = known.get(element.name);
        if (attributes != null) {
            for (String attribute : element.attributes.keySet()) {
                if (!attributes.contains(attribute)) {
                    findings.add(element.describe() + ": the attribute " + attribute + " is unknown; it has no effect");
                }
            }
        } else if (!STRUCTURE.contains(element.name)) {
            if (!REPORTED_ELSEWHERE.contains(parent)) {
                findings.add(element.describe() + ": this kind of element is unknown; it has no effect");
            }
            return;
        }
        place(element);
        element.children.forEach(child -> element(child, element.name));
    }

    private void place(Element element) {
        if (element.get("id-ref") != null) {
            references.add(element);
        }
        things.add(element.name + ' ' + element.id());
        boolean names = !element.id().isEmpty() && !REFERENCES.contains(element.name);
        if (!names) {
            return;
        }
        String other = places.putIfAbsent(element.id(), element.describe());
        if (other != null) {
            findings.add(element.describe() + ": this id is that of " + other + " as well; give one of them another");
        }
    }
}
