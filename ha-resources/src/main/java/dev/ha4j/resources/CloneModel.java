package dev.ha4j.resources;

import dev.ha4j.api.config.Clone;
import dev.ha4j.api.config.CloneOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Instances of one primitive or group on several nodes. */
final class CloneModel extends ResourceModel {

    final CloneOptions options;
    /** Instances that may run; those behind are left over and have to stop. */
    final int limit;

    final List<ResourceModel> instances = new ArrayList<>();

    CloneModel(Clone spec, int limit, ScoreTable table) {
        super(spec.id(), spec.meta(), null, table);
        this.options = spec.options();
        this.limit = limit;
    }

    @Override
    int rank() {
        return options.promotable() ? 3 : 2;
    }

    @Override
    List<ResourceModel> children() {
        return instances;
    }

    @Override
    Stream<PrimitiveModel> leaves() {
        return instances.stream().flatMap(ResourceModel::leaves);
    }

    @Override
    boolean leads(ResourceModel child) {
        return true;
    }

    @Override
    boolean closes(ResourceModel child) {
        return true;
    }
}
