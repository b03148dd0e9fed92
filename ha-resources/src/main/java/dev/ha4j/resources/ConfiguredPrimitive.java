package dev.ha4j.resources;

import dev.ha4j.api.Role;
import dev.ha4j.api.config.Clone;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.Group;
import dev.ha4j.api.config.MetaOptions;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.config.Primitive;
import dev.ha4j.api.config.ResourceSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A primitive with what it is configured in.
 *
 * @param spec as configured
 * @param around the group and the clone that it is in, innermost first
 */
record ConfiguredPrimitive(Primitive spec, List<ResourceSpec> around) {

    /** All primitives by their names, in the order in which they were declared; of two with one name the first counts. */
    static Map<String, ConfiguredPrimitive> of(ClusterPolicy policy) {
        Map<String, ConfiguredPrimitive> all = new LinkedHashMap<>();
        policy.resources().forEach(resource -> collect(resource, List.of(), all));
        return all;
    }

    private static void collect(
            ResourceSpec resource, List<ResourceSpec> around, Map<String, ConfiguredPrimitive> all) {
        if (resource instanceof Primitive primitive) {
            all.putIfAbsent(primitive.id(), new ConfiguredPrimitive(primitive, around));
            return;
        }
        List<ResourceSpec> inside = new ArrayList<>(List.of(resource));
        inside.addAll(around);
        if (resource instanceof Group group) {
            group.members().forEach(member -> collect(member, inside, all));
        } else {
            collect(((Clone) resource).child(), inside, all);
        }
    }

    String name() {
        return spec.id();
    }

    Optional<Clone> inClone() {
        return around.stream()
                .filter(Clone.class::isInstance)
                .map(Clone.class::cast)
                .findFirst();
    }

    /** Whether each of its instances has operations and terms of its own. */
    boolean isUnique() {
        return inClone().filter(clone -> clone.options().globallyUnique()).isPresent();
    }

    /** The names that its operations go by. */
    List<String> instances() {
        return inClone().map(clone -> clone.options().instances(name())).orElse(List.of(name()));
    }

    boolean isPromotable() {
        return inClone().filter(clone -> clone.options().promotable()).isPresent();
    }

    /** The role in which it runs when it is not promoted. */
    Role baseRole() {
        return isPromotable() ? Role.UNPROMOTED : Role.STARTED;
    }

    /** The operation after which only one node may be active; none for what runs everywhere. */
    Optional<OperationName> exclusiveOperation() {
        if (inClone().isEmpty() || isUnique()) {
            return Optional.of(OperationName.START);
        }
        return isPromotable() ? Optional.of(OperationName.PROMOTE) : Optional.empty();
    }

    /** How many nodes may have the exclusive role at one time. */
    int holders() {
        return inClone()
                .filter(clone -> !isUnique())
                .map(clone -> Math.max(1, clone.options().promotedMax()))
                .orElse(1);
    }

    /** Whether a term is granted with this operation: of a role that several nodes may have at one time there is none. */
    boolean takesTerm(OperationName operation) {
        return holders() == 1 && takesRole(operation);
    }

    /** Whether the exclusive role begins with this operation. */
    boolean takesRole(OperationName operation) {
        OperationName taken = operation == OperationName.MIGRATE_FROM ? OperationName.START : operation;
        return exclusiveOperation().equals(Optional.of(taken));
    }

    boolean isManaged() {
        return metas().stream().allMatch(MetaOptions::managed);
    }

    /** The lowest role that its own target role, or one around it, allows; none for no limit. */
    Optional<Role> targetRole() {
        return metas().stream().flatMap(meta -> meta.targetRole().stream()).min(Comparator.naturalOrder());
    }

    boolean isWanted() {
        return targetRole().filter(role -> role == Role.STOPPED).isEmpty();
    }

    int priority() {
        return metas().stream()
                .mapToInt(MetaOptions::priority)
                .filter(priority -> priority != 0)
                .findFirst()
                .orElse(0);
    }

    private List<MetaOptions> metas() {
        List<MetaOptions> metas = new ArrayList<>(List.of(spec.meta()));
        around.forEach(resource -> metas.add(resource.meta()));
        return metas;
    }
}
