package dev.ha4j.node.assembly;

import dev.ha4j.api.ProofLevel;
import dev.ha4j.api.Resource;
import dev.ha4j.api.Role;
import dev.ha4j.api.Term;
import dev.ha4j.api.config.ClusterPolicy;
import dev.ha4j.api.config.InstanceName;
import dev.ha4j.api.config.OperationName;
import dev.ha4j.api.state.ReturnCode;
import dev.ha4j.controller.OperationOrder;
import dev.ha4j.controller.OperationOutcome;
import dev.ha4j.controller.ResourceExecutor;
import dev.ha4j.runtime.EventLoop;
import dev.ha4j.runtime.Workers;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** All resources of this node. Lives on the controller's loop; user code runs on worker threads. */
final class ResourceRunner implements ResourceExecutor {

    /** Time for a stop or demote that this node does by itself. */
    static final Duration LOCAL_STOP_TIMEOUT = Duration.ofSeconds(20);

    private final String node;
    private final EventLoop loop;
    private final Workers workers;
    private final LongFunction<Optional<Term>> terms;
    private final Logger log;
    private final TreeMap<String, HostedResource> hosted = new TreeMap<>();

    /** By name of the primitive, what makes those of its instances that differ. */
    private final TreeMap<String, IntFunction<? extends Resource>> numbered = new TreeMap<>();

    private final RecurringMonitors monitors;

    /**
     * Nothing is hosted yet.
     *
     * @param terms the term of a token, if it was granted to this node
     */
    ResourceRunner(String node, EventLoop loop, Workers workers, LongFunction<Optional<Term>> terms, Logger log) {
        this.node = node;
        this.loop = loop;
        this.workers = workers;
        this.terms = terms;
        this.log = log;
        this.monitors = new RecurringMonitors(loop, this::run);
    }

    /**
     * Hosts a resource.
     *
     * @throws IllegalStateException if one of this name is hosted already
     */
    void implement(String name, Resource resource) {
        HostedResource present = hosted.get(name);
        if (present != null && !(present.isWithdrawn() && present.role() == Role.STOPPED)) {
            throw new IllegalStateException(name + " is implemented on " + node + " already");
        }
        hosted.put(name, new HostedResource(name, node, resource, loop, workers, terms));
    }

    /** Hosts all instances of a resource that differ, each from its first operation on. */
    void implementEach(String name, IntFunction<? extends Resource> instances) {
        numbered.put(name, instances);
    }

    void withdraw(String name) {
        HostedResource resource = hosted.get(name);
        if (resource != null) {
            resource.withdraw();
            forgetIfOver(name, resource);
        }
    }

    private void forgetIfOver(String name, HostedResource resource) {
        if (resource.isWithdrawn() && resource.role() == Role.STOPPED) {
            hosted.remove(name, resource);
        }
    }

    @Override
    public void execute(OperationOrder order, Consumer<OperationOutcome> done) {
        if (order.isRecurring()) {
            monitors.begin(order, done);
            return;
        }
        if (order.operation() == OperationName.STOP || order.operation() == OperationName.MIGRATE_TO) {
            monitors.cancelAll(order.resource());
        }
        run(order, done);
    }

    private void run(OperationOrder order, Consumer<OperationOutcome> done) {
        String name = order.resource();
        HostedResource resource = find(InstanceName.parse(name));
        if (resource == null) {
            done.accept(Outcomes.impossible(ReturnCode.NOT_INSTALLED, node + " doesn't implement " + name));
            return;
        }
        resource.execute(order, outcome -> {
            log(order, outcome);
            forgetIfOver(name, resource);
            done.accept(outcome);
        });
    }

    private @Nullable HostedResource find(InstanceName instance) {
        String name = instance.toString();
        IntFunction<? extends Resource> instances = numbered.get(instance.primitive());
        if (instances != null && instance.number().isPresent() && !hosted.containsKey(name)) {
            Resource made = new NumberedResource(instances, instance.number().getAsInt());
            hosted.put(name, new HostedResource(name, node, made, loop, workers, terms));
        }
        return hosted.get(name);
    }

    private void log(OperationOrder order, OperationOutcome outcome) {
        if (order.operation() == OperationName.MONITOR) {
            log.debug("{} {} -> {} {}", order.operation(), order.resource(), outcome.code(), outcome.reason());
        } else {
            log.info(
                    "{} {} -> {} {} in {} ms ({}) {}",
                    order.operation(),
                    order.resource(),
                    outcome.status(),
                    outcome.code(),
                    outcome.durationMillis(),
                    order.reason(),
                    outcome.reason());
        }
    }

    @Override
    public void cancel(String resource, long intervalMillis) {
        monitors.cancel(resource, intervalMillis);
    }

    @Override
    public void stopAll(String reason, Consumer<SortedSet<String>> done) {
        stopWhere(resource -> true, reason, done);
    }

    @Override
    public void stopExclusive(String reason, Consumer<SortedSet<String>> done) {
        stopWhere(HostedResource::isExclusive, reason, done);
    }

    @Override
    public SortedSet<String> implemented() {
        TreeSet<String> names = new TreeSet<>(numbered.keySet());
        hosted.forEach((name, resource) -> {
            if (!resource.isWithdrawn()) {
                names.add(InstanceName.primitiveOf(name));
            }
        });
        return Collections.unmodifiableSortedSet(names);
    }

    @Override
    public SortedMap<String, Role> active() {
        TreeMap<String, Role> roles = new TreeMap<>();
        hosted.forEach((name, resource) -> {
            if (resource.role().isActive()) {
                roles.put(name, resource.role());
            }
        });
        return Collections.unmodifiableSortedMap(roles);
    }

    /** Resources in an exclusive role, for which other nodes count on this node's lease. */
    List<String> leased(ClusterPolicy policy) {
        return hosted.entrySet().stream()
                .filter(entry -> entry.getValue().isExclusive())
                .map(Map.Entry::getKey)
                .filter(name -> policy.resource(InstanceName.primitiveOf(name))
                        .filter(resource -> resource.meta().requires() == ProofLevel.SELF_LEASE)
                        .isPresent())
                .toList();
    }

    /** Stops these, after whatever is under way; {@code done} hears which of them are active in that way all the same. */
    private void stopWhere(Predicate<HostedResource> which, String reason, Consumer<SortedSet<String>> done) {
        List<String> names = hosted.entrySet().stream()
                .filter(entry -> which.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        Countdown countdown = new Countdown(names.size() + 1, done);
        for (String name : names) {
            HostedResource resource = hosted.get(name);
            if (resource != null) {
                monitors.cancelAll(name);
                resource.giveUpAll(reason);
                resource.whenIdle(LOCAL_STOP_TIMEOUT, () -> stop(name, resource, which, reason, countdown), () -> {
                    log.error("{} hangs on {}, and can't be stopped ({})", name, node, reason);
                    countdown.failed(name);
                });
            }
        }
        countdown.one();
    }

    private void stop(
            String name, HostedResource resource, Predicate<HostedResource> which, String reason, Countdown countdown) {
        if (!resource.role().isActive() || !which.test(resource)) {
            countdown.one();
            return;
        }
        OperationName next =
                resource.role() == Role.PROMOTED && resource.isPromotable() ? OperationName.DEMOTE : OperationName.STOP;
        OperationOrder order = new OperationOrder(0, name, next, 0, LOCAL_STOP_TIMEOUT, 0, reason);
        Role before = resource.role();
        run(order, outcome -> {
            if (resource.role() != before) {
                stop(name, resource, which, reason, countdown);
            } else {
                log.error("{} of {} failed on {} ({}): {}", next, name, node, reason, outcome.reason());
                countdown.failed(name);
            }
        });
    }

    /** Calls back when as many have been counted as were to be awaited, with those that failed. */
    private static final class Countdown {
        private final Consumer<SortedSet<String>> done;
        private final SortedSet<String> failed = new TreeSet<>();
        private int left;

        Countdown(int count, Consumer<SortedSet<String>> done) {
            this.left = count;
            this.done = done;
        }

        void failed(String name) {
            failed.add(name);
            one();
        }

        void one() {
            if (--left == 0) {
                done.accept(Collections.unmodifiableSortedSet(failed));
            }
        }
    }
}
