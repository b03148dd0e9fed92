package dev.ha4j.resources;

import dev.ha4j.api.config.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Members that run on one node, in their order. */
final class GroupModel extends ResourceModel {

    final List<PrimitiveModel> members = new ArrayList<>();

    GroupModel(String id, Group spec, @Nullable ResourceModel parent, ScoreTable table) {
        super(id, spec.meta(), parent, table);
    }

    PrimitiveModel first() {
        return members.get(0);
    }

    PrimitiveModel last() {
        return members.get(members.size() - 1);
    }

    @Override
    int rank() {
        return 1;
    }

    @Override
    List<PrimitiveModel> children() {
        return members;
    }

    @Override
    Stream<PrimitiveModel> leaves() {
        return members.stream();
    }

    @Override
    boolean leads(ResourceModel child) {
        return child == first();
    }

    @Override
    boolean closes(ResourceModel child) {
        return child == last();
    }
}
