package dev.ha4j.resources.verification;

import dev.ha4j.resources.config.AttributeSet.NamedValue;
import dev.ha4j.resources.config.OperationEntry;
import dev.ha4j.resources.config.PolicyInput;
import dev.ha4j.resources.config.ResourceEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Agents, operations, numbers of instances. */
final class ResourceChecks {
    private static final List<String> STANDARDS =
            List.of("ocf", "stonith", "systemd", "lsb", "service", "nagios", "upstart", "heartbeat");

    private final Findings findings;
    private final Names names;

    ResourceChecks(Findings findings, Names names) {
        this.findings = findings;
        this.names = names;
    }

    void run(PolicyInput input) {
        Set<String> seen = new TreeSet<>();
        input.resources().forEach(resource -> check(resource, seen));
        for (String tag : input.tags().keySet()) {
            if (names.resource(tag).isPresent()) {
                findings.error(tag, "a tag has the name of a resource, so it stands for nothing", "rename the tag");
            }
        }
        input.tags().forEach(this::tag);
    }

    private void tag(String tag, List<String> members) {
        for (String member : members) {
            if (!names.isKnown(member) && !names.nodes().contains(member)) {
                findings.warning(
                        tag,
                        "the tag names " + member + ", which is no resource",
                        Spelling.remedy(member, names.all(), "remove it from the tag"));
            }
        }
    }

    private void check(ResourceEntry entry, Set<String> seen) {
        if (!seen.add(entry.id())) {
            findings.error(entry.id(), "there are two resources with this id", "give one of them another id");
        }
        if (entry instanceof ResourceEntry.Primitive primitive) {
            agent(primitive);
            operations(primitive);
            utilization(entry.id(), primitive);
        } else if (entry instanceof ResourceEntry.Group group) {
            group.members().forEach(member -> check(member, seen));
        } else if (entry instanceof ResourceEntry.Clone clone) {
            instances(clone);
            check(clone.child(), seen);
        } else if (entry instanceof ResourceEntry.Bundle bundle && bundle.child() != null) {
            check(bundle.child(), seen);
        }
        target(entry);
    }

    private void agent(ResourceEntry.Primitive primitive) {
        String standard = primitive.attributes().get("class");
        String type = primitive.attributes().get("type");
        if (standard == null || type == null) {
            findings.error(
                    primitive.id(),
                    "it has no " + (standard == null ? "class" : "type"),
                    "name its agent, as in class=\"ocf\" provider=\"heartbeat\" type=\"IPaddr2\"");
            return;
        }
        if (!STANDARDS.contains(standard)) {
            findings.error(
                    primitive.id(),
                    "the class " + standard + " is unknown",
                    Spelling.remedy(standard, STANDARDS, "use ocf, systemd, lsb, service or stonith"));
        } else if (standard.equals("ocf") && primitive.attributes().get("provider") == null) {
            findings.error(
                    primitive.id(), "an ocf agent needs a provider", "add provider=\"heartbeat\" or the right one");
        }
    }

    private void operations(ResourceEntry.Primitive primitive) {
        Map<String, OperationEntry> seen = new TreeMap<>();
        for (OperationEntry op : primitive.operations()) {
            String interval = op.attributes().getOrDefault("interval", "0");
            if (op.name().isEmpty()) {
                findings.error(id(primitive, op), "an operation has no name", "add name=\"monitor\" or the right one");
                continue;
            }
            OperationEntry other = seen.putIfAbsent(
                    op.name() + " " + Durations.millis(interval).orElse(-1), op);
            if (other != null && enabled(op) && enabled(other)) {
                findings.error(
                        id(primitive, op),
                        "there are two operations " + op.name() + " every " + interval
                                + ", and only one of them is used",
                        "give each its own interval (two monitors for two roles need two intervals)");
            }
            operation(primitive, op, Durations.millis(interval).orElse(0) > 0);
        }
    }

    private void operation(ResourceEntry.Primitive primitive, OperationEntry op, boolean recurring) {
        boolean once = List.of("start", "stop", "promote", "demote", "migrate_to", "migrate_from")
                .contains(op.name());
        if (once && recurring) {
            findings.error(id(primitive, op), op.name() + " can't recur", "remove its interval, or set it to 0");
        }
        String onFail = op.attributes().getOrDefault("on-fail", "");
        boolean promotedMonitor = recurring
                && op.name().equals("monitor")
                && isPromoted(op.attributes().get("role"));
        if (onFail.equals("demote") && !op.name().equals("promote") && !promotedMonitor) {
            findings.error(
                    id(primitive, op),
                    "on-fail=\"demote\" is for promote, and for monitors of the promoted role",
                    "add role=\"Promoted\", or choose another on-fail");
        }
        if (op.name().equals("stop") && List.of("demote", "stop", "standby").contains(onFail)) {
            findings.error(
                    id(primitive, op),
                    "a stop that fails can't lead to " + onFail,
                    "use fence or block: a stop that failed leaves nobody sure that the resource is down");
        }
    }

    private static boolean enabled(OperationEntry op) {
        String text = op.attributes().get("enabled");
        return text == null || Value.isTrue(text);
    }

    private static boolean isPromoted(@org.jspecify.annotations.Nullable String role) {
        return "Promoted".equalsIgnoreCase(role) || "Master".equalsIgnoreCase(role);
    }

    private static String id(ResourceEntry.Primitive primitive, OperationEntry op) {
        return op.attributes().getOrDefault("id", primitive.id());
    }

    private void utilization(String id, ResourceEntry.Primitive primitive) {
        for (NamedValue pair : OptionChecks.entries(primitive.utilization())) {
            if (!Value.NUMBER.accepts(pair.value())) {
                findings.error(
                        id,
                        "the utilization " + pair.name() + " can't be \"" + pair.value() + "\"",
                        "write " + Value.NUMBER.example());
            }
        }
    }

    private void instances(ResourceEntry.Clone clone) {
        Optional<Integer> max = number(clone, "clone-max");
        Optional<Integer> promoted = number(clone, "promoted-max").or(() -> number(clone, "master-max"));
        if (max.isPresent() && promoted.isPresent() && promoted.get() > max.get()) {
            findings.error(
                    clone.id(),
                    promoted.get() + " instances are to be promoted, and there are only " + max.get(),
                    "lower promoted-max, or raise clone-max");
        }
        Optional<Integer> minimum = number(clone, "clone-min");
        if (max.isPresent() && minimum.isPresent() && minimum.get() > max.get()) {
            findings.error(
                    clone.id(),
                    "what is ordered after it waits for " + minimum.get() + " instances, and there are only "
                            + max.get(),
                    "lower clone-min, or raise clone-max");
        }
        if (promoted.isPresent() && !Names.isPromotable(clone)) {
            findings.warning(
                    clone.id(),
                    "it says how many instances are promoted, and can't be promoted",
                    "add the meta attribute promotable=\"true\"");
        }
    }

    private static Optional<Integer> number(ResourceEntry entry, String name) {
        return OptionChecks.entries(entry.meta()).stream()
                .filter(pair -> pair.name().equals(name) && Value.COUNT.accepts(pair.value()))
                .map(pair -> Integer.parseInt(pair.value().strip().replace("+", "")))
                .findFirst();
    }

    private void target(ResourceEntry entry) {
        for (NamedValue pair : OptionChecks.entries(entry.meta())) {
            if (pair.name().equals("target-role")
                    && isPromoted(pair.value())
                    && !Names.isPromotable(names.top(entry))) {
                findings.error(
                        entry.id(),
                        "it is to be promoted, and is in no promotable clone",
                        "put it into a clone with promotable=\"true\", or set target-role to Started");
            }
        }
    }
}
