package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.Constraint;
import dev.ha4j.resources.config.Constraint.ResourceSet;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** On which tickets resources depend. Q: what a lost ticket means for scores is applied at once, before any location. */
final class TicketConstraints {
    private final Model model;
    private final ResourceReferences references;

    TicketConstraints(Model model, ResourceReferences references) {
        this.model = model;
        this.references = references;
    }

    void add(Constraint.Ticket constraint) {
        String name = constraint.get("ticket");
        if (name == null) {
            return;
        }
        TicketConstraint.Ticket ticket =
                model.tickets.computeIfAbsent(name, key -> new TicketConstraint.Ticket(key, false, false));
        if (!constraint.sets().isEmpty()) {
            for (ResourceSet set : references.expand(constraint.sets())) {
                references.resources(set).forEach(resource -> add(constraint, ticket, resource, set.get("role")));
            }
            return;
        }
        String id = constraint.get("rsc");
        ResourceSet set = references.asSet(id, java.util.Map.of());
        references.resources(set).forEach(resource -> add(constraint, ticket, resource, constraint.get("rsc-role")));
    }

    private void add(
            Constraint.Ticket constraint,
            TicketConstraint.Ticket ticket,
            Resource resource,
            @Nullable String roleText) {
        Optional<Role> parsed = roleText == null ? Optional.of(Role.UNKNOWN) : Role.parse(roleText);
        if (parsed.isEmpty()) {
            return;
        }
        Role role = parsed.get() == Role.STARTED ? Role.UNKNOWN : parsed.get();
        TicketConstraint made =
                new TicketConstraint(constraint.id(), ticket, lossPolicy(constraint.get("loss-policy"), role), role);
        resource.tickets.add(made);
        if (!ticket.usable()) {
            resource.forEachLeaf(leaf -> {
                lose(leaf, made);
                model.scoreLog.ticket(leaf, made);
            });
        }
    }

    private TicketConstraint.LossPolicy lossPolicy(@Nullable String text, Role role) {
        return switch (text == null ? "" : text.toLowerCase(Locale.ROOT)) {
            case "fence" ->
                model.options.fencingEnabled ? TicketConstraint.LossPolicy.FENCE : TicketConstraint.LossPolicy.STOP;
            case "freeze" -> TicketConstraint.LossPolicy.FREEZE;
            case "demote" -> TicketConstraint.LossPolicy.DEMOTE;
            case "stop" -> TicketConstraint.LossPolicy.STOP;
            default -> role == Role.PROMOTED ? TicketConstraint.LossPolicy.DEMOTE : TicketConstraint.LossPolicy.STOP;
        };
    }

    private void lose(Primitive leaf, TicketConstraint constraint) {
        boolean promotedOnly = constraint.role() == Role.PROMOTED;
        if (constraint.ticket().granted() || !leaf.isActive()) {
            if (!promotedOnly || constraint.lossPolicy() == TicketConstraint.LossPolicy.STOP) {
                leaf.banEverywhere();
            }
            return;
        }
        boolean concerned = constraint.role() == Role.UNKNOWN || constraint.role() == leaf.role;
        switch (constraint.lossPolicy()) {
            case STOP -> leaf.banEverywhere();
            case DEMOTE -> {
                if (!promotedOnly) {
                    leaf.banEverywhere();
                }
            }
            case FENCE -> {
                if (concerned) {
                    leaf.banEverywhere();
                    leaf.running.forEach(node -> model.actions.markForFencing(node, "deadman ticket was lost"));
                }
            }
            case FREEZE -> {
                if (concerned) {
                    leaf.managed = false;
                    leaf.blocked = true;
                }
            }
        }
    }
}
