package dev.ha4j.resources.policy;

import dev.ha4j.resources.config.AttributeSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Members that run together and one after the other. */
final class Group extends Resource {
    final List<AttributeSet> parameterSets;
    final List<Primitive> members = new ArrayList<>();
    final boolean ordered;
    final boolean colocated;

    Group(
            String id,
            String baseId,
            @Nullable Resource parent,
            Map<String, String> meta,
            NodeTable table,
            List<AttributeSet> parameterSets) {
        super(id, baseId, parent, meta, table);
        this.parameterSets = parameterSets;
        this.ordered = Text.truth(meta.get("ordered")).orElse(true);
        this.colocated = Text.truth(meta.get("collocated")).orElse(true);
    }

    @Override
    List<AttributeSet> parameterSets() {
        return parameterSets;
    }

    @Override
    int variant() {
        return 1;
    }

    @Override
    List<Primitive> children() {
        return members;
    }

    Primitive first() {
        return members.get(0);
    }

    Primitive last() {
        return members.get(members.size() - 1);
    }
}
