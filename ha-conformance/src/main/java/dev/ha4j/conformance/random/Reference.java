package dev.ha4j.conformance.random;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Pacemaker's {@code crm_simulate}, from the Debian package pacemaker-cli-utils. */
final class Reference {
    private static final long LIMIT_SECONDS = 60;
    private static final List<String> INACTIVE = List.of("Unknown", "Stopped");
    private static final List<String> ROLES = List.of("Started", "Unpromoted", "Promoted");

    private final Path folder;
    private final String version;

    private Reference(Path folder, String version) {
        this.folder = folder;
        this.version = version;
    }

    /** Uses files in this folder. */
    static Optional<Reference> find(Path folder) throws InterruptedException {
        try {
            Process process = new ProcessBuilder("crm_simulate", "--version")
                    .redirectErrorStream(true)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean there = process.waitFor() == 0;
            return there
                    ? Optional.of(new Reference(folder, text.lines().findFirst().orElse("?")))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    String version() {
        return version;
    }

    /** What it decided. */
    record Decision(Map<String, String> before, Map<String, String> after, List<String> actions, List<String> edges) {}

    /** Empty if it refuses the input. */
    Optional<Decision> decide(String cib) throws IOException, InterruptedException {
        Path input = Files.writeString(folder.resolve("cib.xml"), cib);
        Path graph = folder.resolve("graph.xml");
        Path output = folder.resolve("output.xml");
        Process process = new ProcessBuilder(
                        "crm_simulate",
                        "--simulate",
                        "--xml-file",
                        input.toString(),
                        "--save-graph",
                        graph.toString(),
                        "--output-as=xml")
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            return Optional.empty();
        }
        if (process.exitValue() != 0) {
            return Optional.empty();
        }
        Element result = parse(Files.readString(output));
        Set<String> implied = implied(parse(cib));
        ReferenceGraph actions = ReferenceGraph.of(parse(Files.readString(graph)));
        return Optional.of(new Decision(
                status(result, "cluster_status", implied),
                status(result, "revised_cluster_status", implied),
                actions.actions(),
                actions.edges()));
    }

    private static Element parse(String text) throws IOException {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("crm_simulate wrote no XML", e);
        }
    }

    static List<Element> below(Element element, String name) {
        NodeList found = element.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    /** Connections with guest nodes, which nobody configured, and which are shown in XML only. */
    private static Set<String> implied(Element cib) {
        Set<String> implied = new TreeSet<>();
        for (Element pair : below(cib, "nvpair")) {
            if (pair.getAttribute("name").equals("remote-node")) {
                implied.add(pair.getAttribute("value"));
            }
        }
        return implied;
    }

    private static Map<String, String> status(Element result, String section, Set<String> implied) {
        Map<String, List<String>> roles = new TreeMap<>();
        for (Element part : below(result, section)) {
            for (Element resource : below(part, "resource")) {
                String id = resource.getAttribute("id").replaceAll(":[0-9]+$", "");
                for (Element node : implied.contains(id) ? List.<Element>of() : below(resource, "node")) {
                    roles.computeIfAbsent(id + " on " + node.getAttribute("name"), key -> new ArrayList<>())
                            .add(shownRole(resource));
                }
            }
        }
        Map<String, String> status = new TreeMap<>();
        roles.forEach((key, all) -> {
            all.removeIf(INACTIVE::contains);
            all.sort(null);
            if (!all.isEmpty()) {
                status.put(key, String.join(", ", all));
            }
        });
        return status;
    }

    /** As text it shows a cloned group as one, so its members by the highest of their roles. */
    private static String shownRole(Element resource) {
        Element parent = (Element) resource.getParentNode();
        boolean cloned = parent.getTagName().equals("group")
                && parent.getParentNode() instanceof Element whole
                && whole.getTagName().equals("clone");
        String role = roleBehind(resource.getAttribute("role"));
        return !cloned || INACTIVE.contains(role)
                ? role
                : below(parent, "resource").stream()
                        .map(member -> roleBehind(member.getAttribute("role")))
                        .max(Comparator.comparing(ROLES::indexOf))
                        .orElse(role);
    }

    /** It shows what is under way instead of the role; a stop says nothing of the role before. */
    private static String roleBehind(String shown) {
        return switch (shown) {
            case "Starting", "Stopping", "Migrating", "Monitoring" -> "Started";
            case "Promoting" -> "Unpromoted";
            case "Demoting" -> "Promoted";
            default -> shown;
        };
    }
}
