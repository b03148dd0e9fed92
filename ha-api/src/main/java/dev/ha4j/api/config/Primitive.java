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
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * One thing that is started and stopped as a whole.
 *
 * @param id name, unique in the cluster
 * @param meta options
 * @param parameters what its operations are told ({@code instance_attributes}); when they change, it is restarted where it runs
 * @param reloadable names of parameters that change while it runs: by {@code reload}, without a restart
 * @param utilization how much it needs of what nodes have ({@code utilization})
 * @param ruled what it has instead at certain times, or on certain nodes; of two that hold the later one wins
 * @param operations how its operations are run; those not named have the cluster's defaults
 */
public record Primitive(
        String id,
        MetaOptions meta,
        SortedMap<String, String> parameters,
        SortedSet<String> reloadable,
        SortedMap<String, Integer> utilization,
        List<RuledOptions> ruled,
        List<OperationSpec> operations)
        implements ResourceSpec {

    public Primitive {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(meta, "meta");
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        reloadable = Collections.unmodifiableSortedSet(new TreeSet<>(reloadable));
        utilization = Collections.unmodifiableSortedMap(new TreeMap<>(utilization));
        ruled = List.copyOf(ruled);
        operations = List.copyOf(operations);
    }

    public static Primitive of(String id) {
        return new Primitive(
                id, MetaOptions.DEFAULTS, new TreeMap<>(), new TreeSet<>(), new TreeMap<>(), List.of(), List.of());
    }

    public Primitive meta(MetaOptions newMeta) {
        return new Primitive(id, newMeta, parameters, reloadable, utilization, ruled, operations);
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

    /** It is moved while it runs; it has to be a {@link dev.ha4j.api.MigratableResource}, outside of groups and clones. */
    public Primitive migratable() {
        return meta(meta.withAllowMigrate(true));
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
        return new Primitive(id, meta, parameters, reloadable, utilization, ruled, all);
    }

    public Primitive monitorEvery(Duration interval) {
        return operation(OperationSpec.monitorEvery(interval));
    }

    public Primitive monitorEvery(Duration interval, Role role) {
        return operation(OperationSpec.monitorEvery(interval).inRole(role));
    }

    /** What its operations are told: {@link dev.ha4j.api.OperationContext#parameters}. */
    public Primitive parameter(String name, String value) {
        TreeMap<String, String> all = new TreeMap<>(parameters);
        all.put(name, value);
        return new Primitive(id, meta, all, reloadable, utilization, ruled, operations);
    }

    /** The same without a parameter, if it is there. */
    public Primitive withoutParameter(String name) {
        TreeMap<String, String> rest = new TreeMap<>(parameters);
        rest.remove(name);
        return new Primitive(id, meta, rest, reloadable, utilization, ruled, operations);
    }

    /** These parameters change while it runs; it has to be a {@link dev.ha4j.api.ReloadableResource}. */
    public Primitive reloadable(String... names) {
        TreeSet<String> all = new TreeSet<>(reloadable);
        all.addAll(List.of(names));
        return new Primitive(id, meta, parameters, all, utilization, ruled, operations);
    }

    /** How much it needs of what nodes have, in the unit of {@link NodeSpec#capacity}: {@code uses("memoryMiB", 512)}. */
    public Primitive uses(String what, int amount) {
        TreeMap<String, Integer> all = new TreeMap<>(utilization);
        all.put(what, amount);
        return new Primitive(id, meta, parameters, reloadable, all, ruled, operations);
    }

    /** What it has instead while the expression holds: {@code when(weekend, it -> it.stickiness(0))}. */
    public Primitive when(Expression expression, UnaryOperator<RuledOptions> options) {
        List<RuledOptions> all = new ArrayList<>(ruled);
        all.add(options.apply(RuledOptions.of(expression)));
        return new Primitive(id, meta, parameters, reloadable, utilization, all, operations);
    }
}
