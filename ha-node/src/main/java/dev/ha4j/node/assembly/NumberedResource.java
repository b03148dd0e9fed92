package dev.ha4j.node.assembly;

import dev.ha4j.api.Health;
import dev.ha4j.api.OperationContext;
import dev.ha4j.api.ReloadableResource;
import dev.ha4j.api.Resource;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** One of the instances of a resource that differ. It is made by its first operation, for that runs on a worker thread. */
final class NumberedResource implements ReloadableResource {

    private final IntFunction<? extends Resource> instances;
    private final int number;
    private volatile @Nullable Resource made;

    NumberedResource(IntFunction<? extends Resource> instances, int number) {
        this.instances = instances;
        this.number = number;
    }

    private Resource instance() {
        Resource present = made;
        if (present == null) {
            present = instances.apply(number);
            if (present == null) {
                throw new IllegalStateException("there is no resource for instance " + number);
            }
            made = present;
        }
        return present;
    }

    @Override
    public void start(OperationContext operation) throws Exception {
        instance().start(operation);
    }

    @Override
    public void stop(OperationContext operation) throws Exception {
        instance().stop(operation);
    }

    @Override
    public Health monitor(OperationContext operation) throws Exception {
        return instance().monitor(operation);
    }

    @Override
    public void reload(OperationContext operation) throws Exception {
        if (!(instance() instanceof ReloadableResource reloadable)) {
            throw new UnsupportedOperationException(
                    operation.resource() + " can't take over parameters while it runs: implement ReloadableResource");
        }
        reloadable.reload(operation);
    }
}
