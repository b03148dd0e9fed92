package dev.ha4j.resources.verification;

import dev.ha4j.resources.config.AttributeSet.NamedValue;
import dev.ha4j.resources.config.NodeEntry;
import dev.ha4j.resources.config.PolicyInput;
import dev.ha4j.resources.config.ResourceEntry;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whether remote and guest nodes, which exist by resources alone, can come to be. */
final class RemoteChecks {
    private final Findings findings;
    private final Names names;

    RemoteChecks(Findings findings, Names names) {
        this.findings = findings;
        this.names = names;
    }

    void run(PolicyInput input) {
        Set<String> members = new TreeSet<>();
        Set<String> guests = new TreeSet<>();
        for (NodeEntry node : input.nodes()) {
            if (!node.remote()) {
                members.add(node.name());
            } else if (!names.connected().contains(node.name())) {
                findings.warning(
                        node.id(),
                        "nothing connects with this remote node, so it is never online",
                        "configure an ocf:pacemaker:remote resource " + node.name() + ", or remove the node");
            }
        }
        names.resources().values().forEach(entry -> check(entry, members, guests));
    }

    private void check(ResourceEntry entry, Set<String> members, Set<String> guests) {
        if (isConnection(entry)) {
            connection(entry, members);
        }
        guestOf(entry).ifPresent(guest -> launcher(entry, guest, members, guests));
        for (NamedValue pair : OptionChecks.entries(entry.meta())) {
            if (pair.name().equals("container") && names.resource(pair.value()).isEmpty()) {
                findings.error(
                        entry.id(),
                        "its container is to be " + pair.value() + ", which is no resource",
                        Spelling.remedy(
                                pair.value(), names.resources().keySet(), "name the resource that launches it"));
            }
        }
    }

    private void connection(ResourceEntry entry, Set<String> members) {
        if (names.parent(entry).isPresent()) {
            findings.error(
                    entry.id(),
                    "a connection in a group or clone makes no remote node",
                    "take it out of " + names.top(entry).id());
        }
        if (members.contains(entry.id())) {
            findings.error(
                    entry.id(),
                    "it is to connect with a remote node that has the name of a member",
                    "rename the resource, since its id is the name of the node");
        }
    }

    private void launcher(ResourceEntry entry, String guest, Set<String> members, Set<String> guests) {
        if (isConnection(entry)) {
            findings.error(entry.id(), "a connection can't launch the node " + guest, "remove remote-node from it");
        } else if (names.top(entry) instanceof ResourceEntry.Clone
                || names.top(entry) instanceof ResourceEntry.Bundle) {
            findings.error(
                    entry.id(),
                    "in a clone it would launch the node " + guest + " several times, so there is no such node",
                    "take it out of " + names.top(entry).id());
        } else if (members.contains(guest) || names.resource(guest).isPresent()) {
            findings.error(
                    entry.id(),
                    "it is to launch the node " + guest + ", and that is the name of a "
                            + (members.contains(guest) ? "member" : "resource"),
                    "choose another remote-node");
        } else if (!guests.add(guest)) {
            findings.error(
                    entry.id(), "another resource launches the node " + guest + ", too", "choose another remote-node");
        }
    }

    static boolean isConnection(ResourceEntry entry) {
        return "remote".equals(entry.attributes().get("type"))
                && "pacemaker".equals(entry.attributes().get("provider"))
                && "ocf".equalsIgnoreCase(entry.attributes().getOrDefault("class", ""));
    }

    /** The node that a primitive turns into while it runs. */
    static Optional<String> guestOf(ResourceEntry entry) {
        if (!(entry instanceof ResourceEntry.Primitive)) {
            return Optional.empty();
        }
        return OptionChecks.entries(entry.meta()).stream()
                .filter(pair -> pair.name().equals("remote-node"))
                .map(NamedValue::value)
                .findFirst();
    }
}
