package dev.ha4j.api.config;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Resources and fence devices by themselves. */
record ResourceCheck(ClusterPolicy policy, Check check) {

    void run() {
        check.unique("resource", policy.resources().stream().flatMap(ResourceCheck::withInner), ResourceSpec::id);
        policy.resources().stream().flatMap(ResourceCheck::withInner).forEach(this::name);
        policy.primitives().forEach(this::operations);
        policy.primitives().forEach(this::options);
        new CapacityCheck(policy, check).run();
        policy.resources().stream()
                .flatMap(ResourceCheck::withInner)
                .filter(Clone.class::isInstance)
                .forEach(clone -> spread((Clone) clone));
        policy.resources().stream()
                .filter(resource -> !(resource instanceof Primitive))
                .flatMap(ResourceCheck::withInner)
                .filter(resource -> resource.meta().allowMigrate())
                .forEach(resource -> check.wrong(
                        "resource " + resource.id(),
                        "is to migrate, and is, or is in, a group or clone",
                        "migratable() is for a primitive on its own"));
        check.unique("fence device", policy.fencing().stream(), FencePath::deviceId);
        policy.fencing().forEach(this::device);
    }

    static Stream<ResourceSpec> withInner(ResourceSpec resource) {
        if (resource instanceof Group group) {
            return Stream.concat(Stream.of(group), group.members().stream());
        }
        if (resource instanceof Clone clone) {
            return Stream.concat(Stream.of(clone), withInner(clone.child()));
        }
        return Stream.of(resource);
    }

    private void name(ResourceSpec resource) {
        if (resource.id().isBlank() || resource.id().indexOf(':') >= 0) {
            check.wrong("resource '" + resource.id() + "'", "has no usable name", "a name without a colon");
        }
    }

    private void operations(Primitive primitive) {
        String where = "resource " + primitive.id();
        check.unique(
                where + ": operation",
                primitive.operations().stream(),
                operation -> operation.name() + " every " + operation.interval().toMillis() + " ms");
        for (OperationSpec operation : primitive.operations()) {
            boolean monitor = operation.name() == OperationName.MONITOR;
            if (operation.isRecurring() && (!monitor || operation.interval().toMillis() < 1)) {
                check.wrong(
                        where,
                        operation.name() + " can't run every " + operation.interval(),
                        "only a monitor recurs, at most once in a millisecond");
            }
            if (operation.timeout().filter(timeout -> timeout.toMillis() < 1).isPresent()) {
                check.wrong(where, operation.name() + " has no time to run", "a timeout of at least 1 ms");
            }
        }
    }

    private void options(Primitive primitive) {
        String where = "resource " + primitive.id();
        Set<String> known = new TreeSet<>(primitive.parameters().keySet());
        primitive.ruled().forEach(ruled -> known.addAll(ruled.parameters().keySet()));
        known.stream()
                .filter(name -> name.isBlank() || name.chars().anyMatch(Character::isWhitespace))
                .forEach(name -> check.wrong(where, "has the parameter '" + name + "'", "a name without blanks"));
        primitive.reloadable().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> check.unknown(where, "parameter", name, known));
        for (RuledOptions ruled : primitive.ruled()) {
            new ExpressionCheck(policy, check, where).run(ruled.when());
            if (ruled.stickiness().isPresent() && asksForNode(ruled.when())) {
                check.wrong(
                        where,
                        "has a stickiness that hangs on an attribute of the node",
                        "hang it on the time alone, or give nodes scores with location(...)");
            }
        }
    }

    private static boolean asksForNode(Expression expression) {
        if (expression instanceof Expression.AllOf all) {
            return all.parts().stream().anyMatch(ResourceCheck::asksForNode);
        }
        if (expression instanceof Expression.AnyOf any) {
            return any.parts().stream().anyMatch(ResourceCheck::asksForNode);
        }
        return expression instanceof Expression.Attribute;
    }

    private void spread(Clone clone) {
        String where = "clone " + clone.id();
        CloneOptions options = clone.options();
        if (options.max().isPresent()) {
            check.range(where + ": instances", options.max().getAsInt(), 0, 384);
        }
        check.range(where + ": instances on one node", options.nodeMax(), 1, 384);
        if (options.notifications() && options.globallyUnique()) {
            check.wrong(
                    where,
                    "has instances that differ and hear of each other: no running cluster can do that yet",
                    "one of both");
        }
        if (options.nodeMax() > 1 && !options.globallyUnique()) {
            check.wrong(
                    where,
                    "has several instances on one node that don't differ",
                    "CloneOptions.unique(instances), or one instance on a node");
        }
        if (options.globallyUnique() && options.max().isEmpty()) {
            check.wrong(
                    where, "has instances that differ, and does not say how many", "CloneOptions.unique(instances)");
        }
        if (options.globallyUnique() && options.promotable()) {
            check.wrong(
                    where,
                    "has instances that differ and can be promoted: each of them is the only one anyhow",
                    "instances that are all alike, or that can't be promoted");
        }
        if (options.promotable()) {
            check.range(where + ": promoted instances", options.promotedMax(), 1, 384);
        }
    }

    private void device(FencePath path) {
        String where = "fence device " + path.deviceId();
        List<String> names = policy.nodes().stream().map(NodeSpec::name).toList();
        path.targets().stream()
                .filter(target -> !names.contains(target))
                .forEach(target -> check.unknown(where, "node", target, names));
        if (path.targets().isEmpty()) {
            check.wrong(where, "has no targets", "name the nodes that it can fence");
        }
        if (path.timeout().toMillis() < 1) {
            check.wrong(where, "has no time to fence", "a timeout of at least 1 ms");
        }
    }
}
