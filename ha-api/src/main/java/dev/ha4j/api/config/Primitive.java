package dev.ha4j.api.config;

import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.Role;
import dev.ha4j.api.Score;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One thing that is started and stopped as a whole.
 *
 * @param id name, unique in the cluster
 * @param meta options
 * @param parameters what the application wants to be replicated with it ({@code instance_attributes})
 * @param operations how its operations are run; those not named have the cluster's defaults
 */
public record Primitive(
        String id, MetaOptions meta, SortedMap<String, String> parameters, List<OperationSpec> operations)
        implements ResourceSpec {

    public Primitive {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(meta, "meta");
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        operations = List.copyOf(operations);
    }

    public static Primitive of(String id) {
        return new Primitive(id, MetaOptions.DEFAULTS, new TreeMap<>(), List.of());
    }

    public Primitive meta(MetaOptions newMeta) {
        return new Primitive(id, newMeta, parameters, operations);
    }

    public Primitive priority(int priority) {
        return meta(meta.withPriority(priority));
    }

    public Primitive stickiness(int stickiness) {
        return meta(meta.withStickiness(Score.of(stickiness)));
    }

    public Primitive requires(ProofLevel level) {
        return meta(meta.withRequires(level));
    }

    public Primitive migrationThreshold(int failures) {
        return meta(meta.withMigrationThreshold(Score.of(failures)));
    }

    public Primitive failureTimeout(Duration timeout) {
        return meta(meta.withFailureTimeout(timeout));
    }

    public Primitive targetRole(Role role) {
        return meta(meta.withTargetRole(role));
    }

    public Primitive operation(OperationSpec operation) {
        List<OperationSpec> all = new ArrayList<>(operations);
        all.add(operation);
        return new Primitive(id, meta, parameters, all);
    }

    public Primitive monitorEvery(Duration interval) {
        return operation(OperationSpec.monitorEvery(interval));
    }

    public Primitive monitorEvery(Duration interval, Role role) {
        return operation(OperationSpec.monitorEvery(interval).inRole(role));
    }

    public Primitive parameter(String name, String value) {
        TreeMap<String, String> all = new TreeMap<>(parameters);
        all.put(name, value);
        return new Primitive(id, meta, all, operations);
    }
}
