package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.AttributeSet;
import dev.ha4j.resources.config.ResourceEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A resource that runs in several instances. */
final class CloneResource extends Resource {
    final List<AttributeSet> parameterSets;
    final ResourceEntry child;

    /** In an order that assignment and promotion change. */
    final List<Resource> instances = new ArrayList<>();

    int max;
    int maxPerNode;
    int promotedMax;
    int promotedMaxPerNode;
    boolean ordered;
    boolean interleave;
    int instanceCount;
    boolean promotionScoresAdded;
    boolean choosingRoles;

    CloneResource(
            String id,
            @Nullable Resource parent,
            Map<String, String> meta,
            NodeTable table,
            List<AttributeSet> parameterSets,
            ResourceEntry child) {
        super(id, id, parent, meta, table);
        this.parameterSets = parameterSets;
        this.child = child;
    }

    @Override
    List<AttributeSet> parameterSets() {
        return parameterSets;
    }

    @Override
    int variant() {
        return 2;
    }

    @Override
    List<Resource> children() {
        return instances;
    }

    static int number(Resource instance) {
        return numberAfter(':', instance);
    }

    static int numberAfter(char mark, Resource instance) {
        return Integer.parseInt(instance.id.substring(instance.id.lastIndexOf(mark) + 1));
    }

    void sortByNumber() {
        instances.sort(java.util.Comparator.comparingInt(CloneResource::number));
    }
}
