package dev.ha4j.cib;

import dev.ha4j.resources.config.AttributeSet;
import dev.ha4j.resources.config.Header;
import dev.ha4j.resources.config.NodeEntry;
import dev.ha4j.resources.config.PolicyInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The whole document, section by section. */
final class Importer {
    private final Element root;
    private final Element configuration;
    private final List<String> findings = new ArrayList<>();
    private final SetImport sets;

    Importer(Element root) throws CibException {
        this.root = root;
        this.configuration =
                root.child("configuration").orElseThrow(() -> CibException.at(root, "has no <configuration>"));
        this.sets = new SetImport(new References(root));
    }

    Cib read() throws CibException {
        List<AttributeSet> options = options();
        PolicyInput input = new PolicyInput(
                header(),
                options,
                nodes(),
                new ResourceImport(sets, findings).read(configuration.under("resources")),
                new ConstraintImport(sets, findings).read(configuration.under("constraints")),
                defaults("rsc_defaults"),
                defaults("op_defaults"),
                tags(),
                new StatusImport(sets).read(root));
        new OptionNames(findings).check(configuration, options);
        Map<String, String> places = new Vocabulary(findings).check(configuration);
        return new Cib(input, findings, places, CarriedOver.from(configuration));
    }

    private Header header() {
        return new Header(
                isTrue(root.get("have-quorum", "")),
                Scalar.integer(root.get("no-quorum-panic", "0")) != 0,
                root.get("dc-uuid"),
                root.get("execution-date") == null
                        ? OptionalLong.empty()
                        : OptionalLong.of(Scalar.integer(root.get("execution-date", "0"))),
                asksForUnfencing(configuration));
    }

    static boolean isTrue(String text) {
        return switch (text.toLowerCase(java.util.Locale.ROOT)) {
            case "1", "true", "on", "yes", "y" -> true;
            default -> false;
        };
    }

    /** Looks at the text alone, as the reference does: neither rules nor references count. */
    private static boolean asksForUnfencing(Element configuration) {
        return configuration.child("resources").stream().anyMatch(Importer::unfencingBelow)
                || configuration.child("rsc_defaults").stream().anyMatch(Importer::unfencingBelow);
    }

    private static boolean unfencingBelow(Element element) {
        if (element.is("meta_attributes")) {
            return element.children("nvpair").stream()
                    .anyMatch(pair -> (pair.get("name", "").equals("provides")
                                    || pair.get("name", "").equals("requires"))
                            && pair.get("value", "").equals("unfencing"));
        }
        return element.children.stream().anyMatch(Importer::unfencingBelow);
    }

    private List<AttributeSet> options() {
        return configuration
                .child("crm_config")
                .map(config -> sets.read(config, "cluster_property_set"))
                .orElse(List.of());
    }

    private List<AttributeSet> defaults(String section) {
        return configuration
                .child(section)
                .map(element -> sets.read(element, "meta_attributes"))
                .orElse(List.of());
    }

    /** A node of an unknown type ends the list, as in the reference. */
    private List<NodeEntry> nodes() {
        List<NodeEntry> nodes = new ArrayList<>();
        for (Element node : configuration.under("nodes")) {
            if (!node.is("node") || node.id().isEmpty()) {
                continue;
            }
            String type = node.get("type", "member").toLowerCase(java.util.Locale.ROOT);
            if (!List.of("member", "remote", "normal", "ping").contains(type)) {
                findings.add(node.describe() + ": the type " + type + " is unknown, so no further nodes are read");
                break;
            }
            if (type.equals("ping")) {
                findings.add(node.describe() + ": nodes of type ping are not supported; it is taken for a member");
            }
            nodes.add(new NodeEntry(
                    node.id(),
                    node.get("uname", node.id()),
                    Scalar.score(node.get("score"), 0),
                    type.equals("remote"),
                    sets.read(node, "instance_attributes"),
                    sets.read(node, "utilization")));
        }
        return nodes;
    }

    private Map<String, List<String>> tags() {
        Map<String, List<String>> tags = new LinkedHashMap<>();
        for (Element tag : configuration.under("tags")) {
            List<String> members =
                    tag.children("obj_ref").stream().map(Element::id).distinct().toList();
            tags.merge(tag.id(), members, Importer::union);
        }
        return tags;
    }

    private static List<String> union(List<String> first, List<String> second) {
        return java.util.stream.Stream.concat(first.stream(), second.stream())
                .distinct()
                .toList();
    }
}
