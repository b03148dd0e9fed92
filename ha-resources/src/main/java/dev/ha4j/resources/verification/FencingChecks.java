package dev.ha4j.resources.verification;

import dev.ha4j.resources.config.AttributeSet.NamedValue;
import dev.ha4j.resources.config.OperationEntry;
import dev.ha4j.resources.config.PolicyInput;
import dev.ha4j.resources.config.ResourceEntry;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Whether a node that is lost can be made sure of. */
final class FencingChecks {
    private final Findings findings;
    private final Names names;

    FencingChecks(Findings findings, Names names) {
        this.findings = findings;
        this.names = names;
    }

    void run(PolicyInput input) {
        List<ResourceEntry.Primitive> devices = names.resources().values().stream()
                .filter(ResourceEntry.Primitive.class::isInstance)
                .map(ResourceEntry.Primitive.class::cast)
                .filter(primitive -> "stonith".equals(primitive.attributes().get("class")))
                .toList();
        boolean watchdog = isOn(input, "have-watchdog", "have-watchdog", false);
        boolean enabled = isOn(input, "fencing-enabled", "stonith-enabled", true);
        if (!enabled) {
            disabled(input);
        } else if (devices.isEmpty() && !watchdog && !input.resources().isEmpty()) {
            findings.error(
                    "",
                    "fencing is enabled and there is no fence device, so nothing is started",
                    "configure a device for each node, or set fencing-enabled to false and accept split brains");
        } else {
            coverage(devices);
        }
        String policy = option(input, "no-quorum-policy", "no-quorum-policy", "");
        if (policy.equals("ignore") && !enabled) {
            findings.warning(
                    "",
                    "without fencing and with no-quorum-policy=\"ignore\" both halves of a divided cluster run everything",
                    "enable fencing, or use no-quorum-policy=\"stop\"");
        }
    }

    private void disabled(PolicyInput input) {
        if (!input.resources().isEmpty()) {
            findings.warning(
                    "",
                    "fencing is disabled: a node that hangs may go on with what was taken over from it",
                    "configure fence devices and set fencing-enabled to true");
        }
        for (ResourceEntry entry : names.resources().values()) {
            for (NamedValue pair : OptionChecks.entries(entry.meta())) {
                if (pair.name().equals("requires")
                        && List.of("fencing", "unfencing").contains(pair.value())) {
                    findings.error(
                            entry.id(),
                            "it requires " + pair.value() + ", and fencing is disabled",
                            "enable fencing, or set requires to quorum");
                }
            }
            if (entry instanceof ResourceEntry.Primitive primitive) {
                primitive.operations().forEach(op -> onFail(primitive, op));
            }
        }
    }

    private void onFail(ResourceEntry.Primitive primitive, OperationEntry op) {
        if ("fence".equals(op.get("on-fail"))) {
            findings.error(
                    op.attributes().getOrDefault("id", primitive.id()),
                    "a failure of " + op.name() + " is to fence the node, and fencing is disabled",
                    "enable fencing, or choose another on-fail");
        }
    }

    /** Devices that name their nodes have to name nodes that there are, and all of them. */
    private void coverage(List<ResourceEntry.Primitive> devices) {
        Set<String> covered = new TreeSet<>();
        boolean allNamed = !devices.isEmpty();
        for (ResourceEntry.Primitive device : devices) {
            Set<String> hosts = hosts(device);
            allNamed &= !hosts.isEmpty();
            covered.addAll(hosts);
            for (String host : hosts) {
                if (!names.nodes().contains(host) && !names.nodes().isEmpty()) {
                    findings.warning(
                            device.id(),
                            "the device is for " + host + ", which is no node",
                            Spelling.remedy(host, names.nodes(), "remove it from pcmk_host_list or pcmk_host_map"));
                }
            }
        }
        if (allNamed) {
            for (String node : names.nodes()) {
                if (!covered.contains(node) && !names.guests().contains(node)) {
                    findings.error(node, "no fence device is for this node", "add it to a device's pcmk_host_list");
                }
            }
        }
    }

    private static Set<String> hosts(ResourceEntry.Primitive device) {
        Set<String> hosts = new TreeSet<>();
        for (NamedValue pair : OptionChecks.entries(device.parameters())) {
            if (pair.name().equals("pcmk_host_list")) {
                addAll(hosts, pair.value(), "[\\s,;]+");
            } else if (pair.name().equals("pcmk_host_map")) {
                addAll(hosts, pair.value().replaceAll("[:=][^;\\s]*", ""), "[\\s;]+");
            }
        }
        return hosts;
    }

    private static void addAll(Set<String> hosts, String text, String separator) {
        for (String host : text.strip().split(separator, -1)) {
            if (!host.isEmpty()) {
                hosts.add(host);
            }
        }
    }

    private static boolean isOn(PolicyInput input, String name, String oldName, boolean absent) {
        return Value.isTrue(option(input, name, oldName, Boolean.toString(absent)));
    }

    static String option(PolicyInput input, String name, String oldName, String absent) {
        return OptionChecks.entries(input.options()).stream()
                .filter(pair -> pair.name().equals(name) || pair.name().equals(oldName))
                .map(NamedValue::value)
                .findFirst()
                .orElse(absent);
    }
}
