package dev.ha4j.resources.policy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Compares the parameters that an operation ran with to those it would run with now. */
final class Digests {
    private static final String FENCING_ONLY =
            "pcmk_(host_(argument|check|list|map)|delay_(base|max)|action_limit|[^_]+_(action|timeout|retries))"
                    + "|provides|stonith-timeout";

    private final Model model;
    private final Operations operations;
    private final Map<String, Calculated> cache = new LinkedHashMap<>();

    /** Most resources are of a few kinds, with the same parameters. */
    private final Map<String, String> byText = new LinkedHashMap<>();

    Digests(Model model, Operations operations) {
        this.model = model;
        this.operations = operations;
    }

    enum Verdict {
        MATCH,
        UNKNOWN,
        MISMATCH,
        RESTART
    }

    /** What was calculated for an operation. Q: it is calculated once, from the first entry that is compared. */
    private static final class Calculated {
        String all = "";

        @Nullable
        String restart;

        @Nullable
        String secure;

        Verdict verdict = Verdict.MATCH;
    }

    Verdict compare(Primitive resource, HistoryEntry entry, Node node) {
        if (!model.input.runtime().digestsKnown() && entry.get("op-digest") == null) {
            return entry.forgetRestartDigest ? Verdict.RESTART : Verdict.MATCH;
        }
        Calculated calculated = calculated(resource, entry, node);
        String restart = entry.forgetRestartDigest ? "calculated-failure-timeout" : entry.get("op-restart-digest");
        String all = entry.get("op-digest");
        if (calculated.restart != null && restart != null && !restart.equals(calculated.restart)) {
            calculated.verdict = Verdict.RESTART;
        } else if (all == null) {
            calculated.verdict = Verdict.UNKNOWN;
        } else if (!all.equals(calculated.all)) {
            boolean restarts = entry.intervalMillis == 0 && hasOwnParameters(resource, entry.task);
            calculated.verdict = restarts ? Verdict.RESTART : Verdict.MISMATCH;
        } else {
            calculated.verdict = Verdict.MATCH;
        }
        return calculated.verdict;
    }

    /** Whether all that changed are parameters that are kept secret, and so can't be judged. */
    boolean onlySecretsDiffer(Primitive resource, HistoryEntry entry, Node node) {
        String secure = entry.get("op-secure-digest");
        return secure != null && secure.equals(calculated(resource, entry, node).secure);
    }

    private static boolean hasOwnParameters(Primitive resource, String task) {
        return Operations.find(resource, task, 0, true)
                .filter(op ->
                        op.parameters().stream().anyMatch(set -> !set.entries().isEmpty()))
                .isPresent();
    }

    private Calculated calculated(Primitive resource, HistoryEntry entry, Node node) {
        String key = node.index + " " + resource.id + " " + entry.task + " " + entry.intervalMillis;
        Calculated known = cache.get(key);
        if (known == null) {
            known = calculate(resource, entry, node);
            cache.put(key, known);
        }
        return known;
    }

    private Calculated calculate(Primitive resource, HistoryEntry entry, Node node) {
        Calculated result = new Calculated();
        Map<String, String> own = resource.parameters(model.sets, node);
        Map<String, String> parameters = parameters(resource, entry.task, entry.intervalMillis, node);
        Map<String, String> all = all(resource, entry.task, entry.intervalMillis, parameters);
        result.all = digest(all);
        if (entry.forgetRestartDigest || entry.get("op-restart-digest") != null) {
            result.restart = restart(entry, parameters);
        }
        if (entry.get("op-secure-digest") != null) {
            result.secure = secure(resource, entry, own, all);
        }
        return result;
    }

    /** The digest that an operation leaves if it runs with what is configured now. */
    String of(Primitive resource, String task, long intervalMillis, Node node) {
        return digest(all(resource, task, intervalMillis, parameters(resource, task, intervalMillis, node)));
    }

    /** What an operation is told if it runs with what is configured now. */
    Map<String, String> parameters(Primitive resource, String task, long intervalMillis, Node node) {
        Map<String, String> parameters = new TreeMap<>(resource.parameters(model.sets, node));
        parameters.computeIfPresent("addr", (name, address) -> address(resource, address));
        Operations.find(resource, task, intervalMillis, true)
                .ifPresent(op ->
                        model.sets.read(op.parameters(), RuleInput.on(node)).forEach(parameters::putIfAbsent));
        return parameters;
    }

    /** Whether the parameters depend on the host that a container will have. */
    boolean dependOnHost(Primitive resource) {
        String address = resource.container == null
                ? null
                : resource.parameters(model.sets, null).get("addr");
        return address != null && isOfHost(resource, address);
    }

    private static boolean isOfHost(Primitive resource, String address) {
        return resource.isBundled() && address.equals(RemoteNodes.HOST_OF_CONTAINER);
    }

    /** The connection to a container without an address goes to its host. */
    private static String address(Primitive resource, String written) {
        Primitive container = resource.container;
        if (container == null || !isOfHost(resource, written)) {
            return written;
        }
        Node host = container.assigned != null ? container.assigned : container.current();
        return host == null ? written : host.name;
    }

    private Map<String, String> all(
            Primitive resource, String task, long intervalMillis, Map<String, String> parameters) {
        Map<String, String> all = new TreeMap<>(parameters);
        all.keySet().removeIf(Digests::isIrrelevant);
        String timeout = operations.meta(resource, task, intervalMillis).get("timeout");
        if (intervalMillis > 0 && timeout != null) {
            all.put("CRM_meta_timeout", timeout);
        }
        return all;
    }

    private static boolean isIrrelevant(String name) {
        return name.startsWith("CRM_meta_")
                || List.of("id", "crm_feature_set", "op-digest", "on_node", "on_node_uuid", "pcmk_external_ip")
                        .contains(name);
    }

    private String restart(HistoryEntry entry, Map<String, String> parameters) {
        Map<String, String> kept = new TreeMap<>(parameters);
        kept.keySet().removeIf(Digests::isIrrelevant);
        String names = entry.get("op-force-restart");
        if (names != null) {
            kept.keySet().retainAll(words(names));
        }
        return digest(kept);
    }

    private String secure(Primitive resource, HistoryEntry entry, Map<String, String> own, Map<String, String> all) {
        boolean old = Text.compareVersions(feature(entry), "3.16.0") < 0;
        Map<String, String> kept = new TreeMap<>(old ? own : all);
        kept.keySet().removeIf(name -> name.startsWith("CRM_meta_") ? old : isIrrelevant(name));
        String names = entry.get("op-secure-params");
        if (names != null) {
            kept.keySet().removeAll(words(names));
        }
        if (old && resource.isFenceDevice()) {
            kept.keySet().removeIf(name -> name.matches(FENCING_ONLY));
        }
        return digest(kept);
    }

    private static String feature(HistoryEntry entry) {
        String feature = entry.get("crm_feature_set");
        return feature == null ? "0" : feature;
    }

    private static Set<String> words(String text) {
        return new TreeSet<>(List.of(text.strip().split("\\s+")));
    }

    private String digest(Map<String, String> sorted) {
        return byText.computeIfAbsent(text(sorted), Digests::md5);
    }

    static String digestOf(Map<String, String> parameters) {
        Map<String, String> kept = new TreeMap<>(parameters);
        kept.keySet().removeIf(Digests::isIrrelevant);
        return md5(text(kept));
    }

    private static String text(Map<String, String> sorted) {
        StringBuilder text = new StringBuilder(" <parameters");
        sorted.forEach((name, value) -> {
            text.append(' ').append(name).append("=\"");
            escape(value, text);
            text.append('"');
        });
        text.append("/>\n");
        return text.toString();
    }

    private static String md5(String text) {
        try {
            byte[] sum = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has MD5", e);
        }
    }

    private static void escape(String value, StringBuilder out) {
        Predicate<Integer> control = c -> c < 0x20 || c == 0x7f;
        for (int c : new ArrayList<>(value.codePoints().boxed().toList())) {
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                default -> {
                    if (control.test(c)) {
                        out.append(String.format("&#x%02X;", c));
                    } else {
                        out.appendCodePoint(c);
                    }
                }
            }
        }
    }
}
